"""Words for declaring things: workflows, rights, refusals; Thai calendar, digits, order, text.

For what every room needs to say what it means. Not for tables, pages or anything that knows a room.
"""
