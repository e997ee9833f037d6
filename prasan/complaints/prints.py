"""What a picture looks like in 64 bits that outlast resizing and writing anew. No database."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps

ALIKE = 6
"""Two prints that differ in so many bits or fewer are of one picture."""

BITS = 64
_SIDE, _KEPT = 32, 8
_BANDS = ALIKE + 1  # of so many parts, two prints that differ in `ALIKE` bits share at least one
_FLAT = 2.0
"""Waves weaker than this in every direction: an even surface, of which all prints would be alike."""

_WAVES = np.cos(np.pi * (2 * np.arange(_SIDE) + 1) * np.arange(_KEPT)[:, None] / (2 * _SIDE))
"""Of the discrete cosine transform, type II, the slowest waves along one side: (8, 32)."""


def print_of(picture: Path | BinaryIO) -> int | None:
    """The print of a picture, as a signed number; None of an even surface, which looks like any other.

    Each bit says whether one of the 64 slowest waves of the picture is stronger than the middle one. So a
    print outlasts another size, another compression, more light and more contrast, but no other view.
    """
    with Image.open(picture) as opened:
        opened.draft("L", (_SIDE * 4, _SIDE * 4))
        grey = ImageOps.exif_transpose(opened).convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    waves = (_WAVES @ np.asarray(grey, dtype=np.float64) @ _WAVES.T / _SIDE).ravel()
    others = waves[1:]  # the first is how bright it is all over
    if np.abs(others).max() < _FLAT:
        return None
    stronger = np.flatnonzero(others > np.median(others)) + 1
    bits: int = sum(1 << int(place) for place in stronger)
    return bits - (1 << BITS) if bits >> (BITS - 1) else bits


def bands_of(number: int) -> list[int]:
    """The parts of a print, each with its place: two prints that differ in `ALIKE` bits share one."""
    bits: int = number % 2**BITS
    edges = [BITS * band // _BANDS for band in range(_BANDS + 1)]
    return [
        (band << 10) | (bits >> start) & ((1 << end - start) - 1)
        for band, (start, end) in enumerate(pairwise(edges))
    ]


def differing_bits(one: int, other: int) -> int:
    """In how many bits two prints differ."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()
