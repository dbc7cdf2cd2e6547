// What the paging clients share: one JSON line per page, then "next" is awaited; the last line tells what was sent.
import { createInterface } from 'node:readline/promises';

export const PAGE_SIZE = 25;

// Named for its client, so that no two clients share a persisted query.
export const pagesQuery = (name) => `
  query ${name}($first: Int!, $after: String) {
    credentials(first: $first, after: $after) {
      totalCount
      edges { cursor node { id slug title provider { id name } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

const requests = [];

export async function recordingFetch(address, options) {
  const response = await fetch(address, options);
  const isGet = options.method === 'GET';
  const sent = isGet ? Object.fromEntries(new URL(address).searchParams) : JSON.parse(options.body);
  const extensions = isGet ? sent.extensions : JSON.stringify(sent.extensions);
  requests.push({
    method: options.method,
    hashed: Boolean(extensions?.includes('sha256Hash')),
    queried: Boolean(sent.query),
    status: response.status,
  });
  return response;
}

export async function tellPages(pages) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  for await (const { totalCount, nodes } of pages) {
    console.log(JSON.stringify({ totalCount, nodes }));
    if ((await lines.next()).value !== 'next') throw new Error('expected the line "next"');
  }
  console.log(JSON.stringify({ requests }));
  process.exit(0);
}
