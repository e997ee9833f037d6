"""What else one would use to tell reports of one problem, tuned on the labelled pairs as well as it can be.

No method sees anything of a pair besides its two rows.
"""
