"""From people's needs to proposals and to the plan of a province, one record all the way.

Not for money once it is allocated (`delivery`), nor for what residents complain of (`complaints`).
"""
