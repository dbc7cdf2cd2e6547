"""One module for each type of record that a publisher states; catalog.model.record reads them all."""
