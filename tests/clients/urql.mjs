// urql pages through all credentials: node urql.mjs ADDRESS plain|persisted
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { PAGE_SIZE, pagesQuery, recordingFetch, tellPages } from './pages.mjs';

const [address, way] = process.argv.slice(2);
const persisted = persistedExchange({ preferGetForPersistedQueries: true });
const client = new Client({
  url: address,
  fetch: recordingFetch,
  exchanges: way === 'persisted' ? [persisted, fetchExchange] : [fetchExchange],
});
const query = pagesQuery(way === 'persisted' ? 'UrqlPersisted' : 'UrqlPlain');

async function* pages() {
  let after = null;
  do {
    const { data, error } = await client.query(query, { first: PAGE_SIZE, after }).toPromise();
    if (error) throw new Error(error.message);
    const { edges, pageInfo, totalCount } = data.credentials;
    yield { totalCount, nodes: edges.map((edge) => edge.node) };
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

await tellPages(pages());
