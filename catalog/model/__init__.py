"""What the catalogue knows: records, rules, status, filter, merge, tables, documents and the change log."""
