"""Getting what partners publish on the web, without being led where the catalogue must not go."""
