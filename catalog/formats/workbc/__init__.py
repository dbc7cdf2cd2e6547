"""The labour market outlook of WorkBC, as its repository keeps it."""
