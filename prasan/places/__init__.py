"""Areas, their official codes, names and shapes, local governments, and the finder that turns words into codes.

Not for who works where (`agencies`) nor for figures about an area (`insight`).
"""
