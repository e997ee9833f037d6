"""Files that people send: checked by content, kept once by their hash, served only through what owns them.

And long works of our own that were ordered: made by the worker, kept on a shelf until a newer one is done.
"""
