"""What every case shares: the one function that moves it, its notes, its open steps, its state on any date.

Not for what a case is about; that is the room that owns its table.
"""
