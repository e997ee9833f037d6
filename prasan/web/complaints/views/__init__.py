"""Pages of residents, of the centre and of agencies."""
