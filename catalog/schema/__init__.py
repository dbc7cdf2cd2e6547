"""The GraphQL schema: types in graphene, every computed field a batch function."""
