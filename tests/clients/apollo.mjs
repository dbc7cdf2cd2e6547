// Apollo Client pages through all credentials: node apollo.mjs ADDRESS plain|persisted
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { createHash } from 'node:crypto';
import { PAGE_SIZE, pagesQuery, recordingFetch, tellPages } from './pages.mjs';

const [address, way] = process.argv.slice(2);
const http = new HttpLink({ uri: address, fetch: recordingFetch });
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
const client = new ApolloClient({
  link: way === 'persisted' ? ApolloLink.from([persisted, http]) : http,
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { credentials: relayStylePagination() } } } }),
});
const query = gql(pagesQuery(way === 'persisted' ? 'ApolloPersisted' : 'ApolloPlain'));

const variables = { first: PAGE_SIZE };

// The nodes of a page are what the cache's merged list gained by it: what a front-end would show.
async function* pages() {
  await client.query({ query, variables });
  const observed = client.watchQuery({ query, variables });
  const watching = observed.subscribe(() => {});
  let shown = 0;
  for (;;) {
    const { edges, pageInfo, totalCount } = client.readQuery({ query, variables }).credentials;
    yield { totalCount, nodes: edges.slice(shown).map((edge) => edge.node) };
    shown = edges.length;
    if (!pageInfo.hasNextPage) break;
    await observed.fetchMore({ variables: { after: pageInfo.endCursor } });
  }
  watching.unsubscribe();
}

await tellPages(pages());
