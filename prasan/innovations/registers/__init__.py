"""The registers of the sources, as data: what they say, and what they leave out."""
