"use strict";
const welcome = `# British Columbia's micro-credentials.
# Press the play button, or Ctrl+Enter.
# The book on the left shows every field.

query Bootcamp {
  credential(
    slug: "alacrity-canada/digital-marketing-bootcamp"
  ) {
    title
    status
    provider { name }
    skills { label }
    partnerships {
      role
      text
      institution { name }
      amount { amount currency }
    }
    offerings(when: ALL) {
      label
      status
      startsOn { earliest latest text }
      registrationClosesAt
      seats
      outcomes { measure value basis }
    }
  }
}
`;
const pathway = `# What credentials are made of.
# "unlisted" is what a source leaves unnamed.
query Parts {
  pathway(slug: "ubc/forest-carbon-management") {
    title
    award { title statusText }
    parts {
      title
      order
      within
      items { title }
      unlisted
    }
  }
  menu(slug: "bc-ece-registry/ece-assistant") {
    title
    award { title provider { name } }
    sections {
      title
      pick { unit min max }
      items { title provider { name } }
    }
  }
}
`;
const near = `# What is taught near Victoria.
# Places are sent as variables: see below.
query Near($near: NearInput) {
  credentials(
    first: 10
    filter: { near: $near, includeUnknown: false }
  ) {
    totalCount
    edges {
      node {
        title
        statusText
        provider { name }
        usual { campus { city } }
        offerings(when: ALL) {
          label
          campus { city }
        }
      }
    }
  }
}
`;
const victoria = JSON.stringify({ near: { latitude: 48.43, longitude: -123.36, km: 60, includeOnline: false } }, null, 2);
const fetcher = GraphiQL.createFetcher({ url: "/graphql" });
ReactDOM.render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: welcome,
    defaultTabs: [{ query: welcome }, { query: near, variables: victoria }, { query: pathway }],
    shouldPersistHeaders: false,
  }),
  document.getElementById("graphiql"),
);
