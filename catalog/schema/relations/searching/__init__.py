"""Search as the API shows it: the request, its pages, facets with labels, marks, suggestions."""
