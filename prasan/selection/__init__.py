"""Choosing: ranking by weighted criteria, with every point explained. Pure: no Django, no database.

Not for deciding: people decide, here is only computed what follows from what they gave.
"""
