"""A menu-based, multi-institution micro-credential catalogue."""
