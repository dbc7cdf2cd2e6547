"""Open Badges of 1EdTech, definitions only: Achievement of 3.0 and BadgeClass of 2.0; nobody's badges are read."""
