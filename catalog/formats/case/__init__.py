"""CASE of 1EdTech, 1.0 and 1.1: the items of competency frameworks, read as skills."""
