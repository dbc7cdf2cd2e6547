"""relay-compiler accepts the schema and compiles a small application; test_paging runs it."""

ARTIFACTS = {
    "CredentialCardQuery",
    "CredentialCard_credential",
    "CredentialListPaginationQuery",
    "CredentialListQuery",
    "CredentialList_query",
    "CredentialPageQuery",
}


def test_a_relay_application_compiles(relay_artifacts):
    assert {path.name.removesuffix(".graphql.js") for path in relay_artifacts.iterdir()} == ARTIFACTS


def test_relay_refetches_a_list_by_cursor_and_a_thing_by_id(relay_artifacts):
    pages = (relay_artifacts / "CredentialListPaginationQuery.graphql.js").read_text()
    card = (relay_artifacts / "CredentialCardQuery.graphql.js").read_text()
    assert "credentials(first: $first, after: $after, filter: $filter)" in pages
    assert "node(id: $id)" in card
