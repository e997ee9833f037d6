"""Judging: who may judge what, who judges what, what their scores say, and in which order entries stand.

Pure: no Django, no database, no reading or writing. Everything is computed from plain values and comes out
the same on every machine and for every order of input. Not for deciding: people decide, here is only computed
what follows from what they gave and from rules declared before.
"""
