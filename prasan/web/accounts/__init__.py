"""Sign-in, second factor, devices, a person's own page. Not for opening or closing the accounts of others."""
