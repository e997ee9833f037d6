"""Agencies, committees and their resolutions, calls, holidays, postings, and the answer to “may they?”.

Acts on areas and accounts that need a right stand here and call the lower room. Not for the cases that people
work on.
"""
