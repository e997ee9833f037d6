"""Sign-in, second factor, devices and a person's own page. Not for opening or closing other people's accounts."""
