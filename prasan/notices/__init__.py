"""Letters to people about what happened: who is told of what, in his language, on the site and by e-mail.

Not for deciding anything: a letter follows from an entry of the ledger, and who reads none loses no right.
"""
