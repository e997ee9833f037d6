"""The commands of `prasan`, one file a room. Not for what a command does: that is the room's action."""
