"""A person's own letters: the list, one letter, and whether they come by e-mail. Not for those of others."""
