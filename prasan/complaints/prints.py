"""What a picture looks like in 64 bits that outlast resizing, writing anew, more light and a little cropping.

No database. Two pictures are taken to be one where a print of the one differs in few bits from a print of the
other; such prints are found through their bands, without looking at all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

ALIKE = 7
"""Two prints that differ in so many bits or fewer are of one picture."""

BITS = 64
BANDS = 4
"""Of seven differing bits at most one falls into some band: that band is found by trying each of its bits."""
BAND_BITS = BITS // BANDS
_SIDE, _KEPT = 32, 8
_FLAT = 2.0
"""Waves weaker than this in every direction: an even surface, of which all prints would be alike."""

_MIDDLE, _EDGE = 0.04, 0.05
_PARTS = (
    (0.0, 0.0, 1.0, 1.0),
    (_MIDDLE, _MIDDLE, 1 - _MIDDLE, 1 - _MIDDLE),
    (_EDGE, 0.0, 1.0, 1.0),
    (0.0, _EDGE, 1.0, 1.0),
    (0.0, 0.0, 1 - _EDGE, 1.0),
    (0.0, 0.0, 1.0, 1 - _EDGE),
)
"""Left, top, right and bottom of what is printed: the whole first, then as somebody may have cropped it."""

_WAVES = np.cos(np.pi * (2 * np.arange(_SIDE) + 1) * np.arange(_KEPT)[:, None] / (2 * _SIDE))
"""Of the discrete cosine transform, type II, the slowest waves along one side: (8, 32)."""


def prints_of(picture: Path | BinaryIO) -> list[int]:
    """The prints of a picture as signed numbers, that of the whole first; none of an even surface.

    Each bit says whether one of the 64 slowest waves is stronger than the middle one. The shades are taken by
    their rank, so that more light or contrast changes nothing.
    """
    with Image.open(picture) as opened:
        grey = ImageOps.exif_transpose(opened).convert("L")
    whole, *parts = (_print_of(grey, part) for part in _PARTS)
    if whole is None:
        return []
    return list(dict.fromkeys([whole, *(number for number in parts if number is not None)]))


def bands_of(number: int) -> list[int]:
    """The parts of a print, from its last bits to its first."""
    bits: int = number % 2**BITS
    return [bits >> BAND_BITS * band & 2**BAND_BITS - 1 for band in range(BANDS)]


def bands_near(number: int) -> list[list[int]]:
    """For each band those that a print has or would have if one bit of it were another.

    One that differs in `ALIKE` bits or fewer has one of them in its place.
    """
    flips = (0, *(1 << bit for bit in range(BAND_BITS)))
    return [[band ^ flip for flip in flips] for band in bands_of(number)]


def differing_bits(one: int, other: int) -> int:
    """In how many bits two prints differ."""
    return ((one ^ other) & (1 << BITS) - 1).bit_count()


def _print_of(grey: Image.Image, part: tuple[float, float, float, float]) -> int | None:
    left, top, right, bottom = part
    box = (left * grey.width, top * grey.height, right * grey.width, bottom * grey.height)
    shades = np.asarray(grey.resize((_SIDE, _SIDE), Image.Resampling.BOX, box=box))
    if np.abs(_waves_of(shades.astype(np.float64))).max() < _FLAT:
        return None
    waves = _waves_of(_ranked(shades))
    stronger = np.flatnonzero(waves > np.median(waves)) + 1
    bits: int = sum(1 << int(place) for place in stronger)
    return bits - (1 << BITS) if bits >> (BITS - 1) else bits


def _waves_of(shades: NDArray[np.float64]) -> NDArray[np.float64]:
    """How strong each wave is but the first, which is how bright it is all over."""
    waves: NDArray[np.float64] = (_WAVES @ shades @ _WAVES.T / _SIDE).ravel()[1:]
    return waves


def _ranked(shades: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Each shade as its place among all; equal ones share the middle of theirs."""
    _values, place, many = np.unique(shades, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(many) - many / 2)[place].reshape(shades.shape)
    return ranks
