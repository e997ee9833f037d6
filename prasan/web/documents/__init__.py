"""Handing out files. It has no addresses: the page of the row that links a file decides and calls this."""
