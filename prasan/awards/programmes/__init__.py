"""Programmes of awards with their rules and past editions, one file each, as their sources tell them."""
