import { graphql } from 'relay-runtime';

export const credentialList = graphql`
  fragment CredentialList_query on Query
  @refetchable(queryName: "CredentialListPaginationQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 25 }, after: { type: "String" }, filter: { type: "CredentialFilter" }) {
    credentials(first: $first, after: $after, filter: $filter) @connection(key: "CredentialList_credentials") {
      totalCount
      edges {
        node {
          id
          ...CredentialCard_credential
        }
      }
    }
  }
`;

export const credentialCard = graphql`
  fragment CredentialCard_credential on Credential @refetchable(queryName: "CredentialCardQuery") {
    slug
    title
    status
    provider {
      name
    }
    offerings {
      label
      startsOn {
        text
        earliest
      }
    }
  }
`;

export const page = graphql`
  query CredentialListQuery($filter: CredentialFilter) {
    ...CredentialList_query @arguments(filter: $filter)
  }
`;
