"""What is offered, for whom and where, against what is needed: counted over the columns that filters read."""
