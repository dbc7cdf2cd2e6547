"""Our own format: {"format": "record/1", "source": {...}, "records": [...]}."""
