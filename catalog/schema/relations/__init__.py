"""The batch functions behind computed fields: all parents of a level in, as many values out."""
