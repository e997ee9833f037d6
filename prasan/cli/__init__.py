"""The commands of `prasan`, one file a room; not for logic, which each room keeps on its own shelves."""
