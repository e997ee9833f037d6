"""Contests of innovations: calls, entries, juries, scores, decisions, awards and their certificates."""
