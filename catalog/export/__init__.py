"""Files out: credentials and coverage as tables and as the formats of others, at one revision, with their sources."""
