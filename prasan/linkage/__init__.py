"""Other systems, in and out: for now letters by e-mail that tell of complaints.

The room reads what comes and has the acts of other rooms do what follows. It writes no letters to people:
that is for `notices`; and files that an officer brings are the matter of the room whose rows they hold.
"""
