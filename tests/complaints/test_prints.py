"""What a picture looks like in 64 bits: it outlasts what people do to a picture, and tells views apart."""

from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from prasan.complaints.prints import (
    ALIKE,
    BAND_BITS,
    BANDS,
    BITS,
    bands_near,
    bands_of,
    differing_bits,
    prints_of,
)
from tests.factories.photographs import as_file, changed, make_outdoor_view, make_view

PRINTS = st.integers(-(2 ** (BITS - 1)), 2 ** (BITS - 1) - 1)
VIEWS = st.integers(0, 10_000)
KINDS = pytest.mark.parametrize("made", [make_view, make_outdoor_view])


def read(content: bytes) -> list[int]:
    return prints_of(BytesIO(content))


def distance(earlier: list[int], later: list[int]) -> int:
    """How far the whole of the later one is from what is kept of the earlier one."""
    return min(differing_bits(kept, later[0]) for kept in earlier)


@KINDS
@settings(max_examples=25, deadline=None)
@given(seed=VIEWS, scale=st.floats(0.3, 2.0), quality=st.integers(35, 95), light=st.floats(0.6, 1.2))
def test_same_view_in_another_size_quality_and_light_is_found(made, seed, scale, quality, light):
    view = made(seed)
    again = as_file(changed(view, scale=scale, light=light), quality=quality)

    assert distance(read(as_file(view)), read(again)) <= ALIKE


@KINDS
@settings(max_examples=25, deadline=None)
@given(seed=VIEWS, side=st.floats(0, 0.05), contrast=st.floats(0.8, 1.2))
def test_same_view_without_its_edges_is_found(made, seed, side, contrast):
    view = made(seed)
    again = as_file(changed(view, crop=(side,) * 4, contrast=contrast))

    assert distance(read(as_file(view)), read(again)) <= ALIKE


@KINDS
@pytest.mark.parametrize("side", range(4))
def test_same_view_without_one_edge_is_found_nearly_always(made, side):
    crop = tuple(0.05 if place == side else 0 for place in range(4))
    pairs = [(view, changed(view, crop=crop)) for view in map(made, range(25))]

    far = [distance(read(as_file(view)), read(as_file(again))) for view, again in pairs]

    assert sum(bits <= ALIKE for bits in far) >= 22


@KINDS
def test_other_views_are_told_apart(made):
    prints = [read(as_file(made(seed, (320, 240)))) for seed in range(150)]

    assert min(distance(*pair) for pair in combinations(prints, 2)) > ALIKE + 3


@given(PRINTS, st.sets(st.integers(0, BITS - 1), max_size=ALIKE))
def test_prints_that_differ_in_few_bits_are_found_by_a_band(number, places):
    other = number % 2**BITS
    for place in places:
        other ^= 1 << place
    other = other - 2**BITS if other >> (BITS - 1) else other

    assert differing_bits(number, other) == len(places)
    assert any(band in near for near, band in zip(bands_near(number), bands_of(other), strict=True))


@given(PRINTS)
def test_bands_hold_every_bit_once(number):
    bands = bands_of(number)

    assert sum(band << BAND_BITS * place for place, band in enumerate(bands)) == number % 2**BITS
    assert [len(set(near)) for near in bands_near(number)] == [BAND_BITS + 1] * BANDS


def test_even_surface_looks_like_nothing():
    for colour in ("black", "white", "grey"):
        assert read(as_file(Image.new("RGB", (300, 200), colour))) == []


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (4000, 3), (16, 16)])
def test_picture_of_any_shape_has_prints_or_none(size):
    view = make_view(3, (64, 64)).resize(size)

    assert all(-(2**63) <= number < 2**63 for number in read(as_file(view, kind="PNG")))


def test_turned_by_its_mark_it_is_the_same():
    view = make_view(7)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = BytesIO()
    view.rotate(90, expand=True).save(turned, "JPEG", exif=exif.tobytes())

    assert distance(read(as_file(view)), read(turned.getvalue())) <= ALIKE
