"""Papers of awards, set from facts that others chose."""
