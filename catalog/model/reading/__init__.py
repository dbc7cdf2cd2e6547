"""How what partners write becomes values of a Record: strict, and never more than was written."""
