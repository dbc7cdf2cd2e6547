import { graphql } from 'relay-runtime';

export const page = graphql`
  query CredentialPageQuery($id: ID!) {
    node(id: $id) {
      __typename
      ...CredentialCard_credential @alias(as: "card")
      ... on Credential {
        summary
        requirements {
          text
        }
      }
    }
  }
`;
