"""The embedded engine: tantivy for words, files of columns beside it, one folder for both."""
