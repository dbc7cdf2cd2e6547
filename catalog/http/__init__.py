"""The GraphQL endpoint over HTTP, and whether the process is alive and ready."""
