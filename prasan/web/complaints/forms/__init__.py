"""Forms of this room; every one ends in the words that an action takes."""
