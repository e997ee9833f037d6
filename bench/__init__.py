"""The benchmarks: each figure that Prasan promises, measured on a whole installation of its own.

Not for proofs of correctness, which are tests.
"""
