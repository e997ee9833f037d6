"""The register of innovations: what an agency did that is worth copying, its evidence, and who copied it.

It tells whether something like it was there before, and how complete it is; who judges it, and what award it
wins, is said by `awards`.
"""
