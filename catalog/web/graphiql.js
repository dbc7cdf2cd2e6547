"use strict";
const welcome = `# British Columbia's micro-credentials in one catalogue.
# Press the play button, or Ctrl+Enter.
# The book on the left shows every field.

{
  credential(slug: "alacrity-canada/digital-marketing-bootcamp") {
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
const fetcher = GraphiQL.createFetcher({ url: "/graphql" });
ReactDOM.render(
  React.createElement(GraphiQL, { fetcher, defaultQuery: welcome, shouldPersistHeaders: false }),
  document.getElementById("graphiql"),
);
