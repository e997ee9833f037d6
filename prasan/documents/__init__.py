"""Files that people send: checked by content, kept once by their hash, served only through what owns them."""
