"""Pages of complaints: telling, following, and bringing them to an end."""
