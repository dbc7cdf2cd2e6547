// Relay pages through all credentials with what relay-compiler made: node relay.mjs ADDRESS ARTIFACTS
import { pathToFileURL } from 'node:url';
import runtime from 'relay-runtime';
import { PAGE_SIZE, recordingFetch, tellPages } from './pages.mjs';

const { Environment, Network, RecordSource, Store, createOperationDescriptor, fetchQuery, getSelector } = runtime;
const [address, artifacts] = process.argv.slice(2);
const compiled = async (name) => (await import(pathToFileURL(`${artifacts}/${name}.graphql.js`))).default;
const [list, more, fragment, card] = await Promise.all(
  ['CredentialListQuery', 'CredentialListPaginationQuery', 'CredentialList_query', 'CredentialCard_credential'].map(compiled),
);

async function ask({ text }, variables) {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  return (await recordingFetch(address, { method: 'POST', headers, body: JSON.stringify({ query: text, variables }) })).json();
}

const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
const read = (node, reference) => environment.lookup(getSelector(node, reference)).data;

// The nodes of a page are what the store's connection gained by it: what a front-end would show.
async function* pages() {
  await fetchQuery(environment, list, {}).toPromise();
  const first = createOperationDescriptor(list, {});
  environment.retain(first);
  let shown = 0;
  for (;;) {
    const { edges, pageInfo, totalCount } = read(fragment, environment.lookup(first.fragment).data).credentials;
    yield { totalCount, nodes: edges.slice(shown).map(({ node }) => ({ id: node.id, ...read(card, node) })) };
    shown = edges.length;
    if (!pageInfo.hasNextPage) break;
    await fetchQuery(environment, more, { first: PAGE_SIZE, after: pageInfo.endCursor }).toPromise();
  }
}

await tellPages(pages());
