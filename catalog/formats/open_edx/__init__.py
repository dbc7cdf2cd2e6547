"""Open edX's course-discovery, and the course lists of providers that are near it."""
