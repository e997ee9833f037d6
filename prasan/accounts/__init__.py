"""People and how they sign in. Not for what they may do: that follows from their postings, in `agencies`."""
