// A front-end's use of the generated types; what must not compile is marked so.
import type {
  CardFragment,
  CredentialQuery,
  CredentialsQuery,
  CredentialsQueryVariables,
  SearchQueryVariables,
  ThingQuery,
} from './operations';
import type { Credential, Scalars } from './schema';

export const asked: CredentialsQueryVariables = {
  first: 25,
  filter: { status: ['OPEN', 'WAITLIST'], price: { max: '500.00' }, startsAfter: '2027-01-01', includeUnknown: false },
};
export const nearby: SearchQueryVariables = { words: 'welding', near: { latitude: 48.43, longitude: -123.36, km: 60 } };

// @ts-expect-error there is no such status
export const misspelt: CredentialsQueryVariables = { filter: { status: ['OPENED'] } };
// @ts-expect-error a circle needs its radius
export const boundless: SearchQueryVariables = { words: 'welding', near: { latitude: 48.43, longitude: -123.36 } };

export function cards(data: CredentialsQuery): CardFragment[] {
  // @ts-expect-error a list may be null where it failed
  data.credentials.edges;
  return data.credentials?.edges.map((edge) => edge.node) ?? [];
}

export function priceOf(card: CardFragment): string {
  const least = card.price?.min;
  return least ? `${least.amount} ${least.currency}` : 'ask the provider';
}

export function seatsOf(data: CredentialQuery): number {
  const offerings = data.credential?.offerings ?? [];
  // @ts-expect-error what a source does not say is null, never zero
  const first: number = offerings[0]?.seats ?? null;
  return offerings.reduce((sum, offering) => sum + (offering.seats ?? 0), first);
}

export function held(data: CredentialQuery): string[] {
  const rules = data.credential?.requirements.map((requirement) => requirement.rule) ?? [];
  return rules.flatMap((rule) => (rule.__typename === 'Holds' ? [rule.credential.slug] : []));
}

export function nameOf({ node }: ThingQuery): string {
  if (node?.__typename === 'Credential') return node.title;
  return node?.__typename === 'Institution' ? node.name : '';
}

export const updated: Scalars['DateTime']['output'] = '2020-07-31T23:59:00-07:00';
export const isListed = (credential: Credential): boolean => credential.catalogued;
