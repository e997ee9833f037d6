"""Pages of awards, by what people come for."""
