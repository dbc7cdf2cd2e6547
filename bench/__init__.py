"""How fast the catalogue is, against references in the same run."""
