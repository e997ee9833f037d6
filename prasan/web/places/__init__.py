"""Pages of places: the country, any area, its bodies, its map, and the finder."""
