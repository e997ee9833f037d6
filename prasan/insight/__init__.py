"""Figures, galleries and maps over what the other rooms keep; it reads and writes nothing."""
