"""Prasan: from a village's need to a result worth copying, as one record."""

__version__ = "0.1.0"
