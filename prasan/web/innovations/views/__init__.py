"""Pages of innovations, by what people come for."""
