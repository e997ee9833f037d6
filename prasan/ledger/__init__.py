"""What happened: an append-only record, sealed in batches, that any later change to is found.

Knows subject and actor by kind and id only. Not for words of people (those are erasable rows of `cases`),
nor for logs.
"""
