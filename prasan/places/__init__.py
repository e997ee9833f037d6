"""Areas with their official codes and outlines, clusters, local governments, and finding a place by its name.

For whatever has a place on the map of the country. Not for agencies and the people who work there, and not
for rights: an act on areas that needs a right stands in `agencies` and calls this room.
"""
