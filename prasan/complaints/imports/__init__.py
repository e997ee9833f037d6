"""Lists of complaints of other systems, read and checked, their right rows taken in."""
