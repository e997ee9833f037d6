"""Letters that came in by e-mail, as the officers of a centre see them. Not for letters that we write."""
