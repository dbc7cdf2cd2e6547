"""Makes index entries of what is published: facts from the tables that filters read, words from Documents."""
