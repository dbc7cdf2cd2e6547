"""The Open Education API of Dutch institutions, read from what its endpoints answer."""
