"""What filters, facets and sorts ask of each offering, in columns: numpy arrays that an index carries beside its words."""
