"""Which mathematics this is."""

from __future__ import annotations

from typing import Final

VERSION: Final = "1"
"""Raised with every change by which the same scores could give other results, be it in the last digit.

It is kept with what was counted by it: results are counted again by the same mathematics or not at all.
"""
