"""What a picture looks like in 64 bits: it outlasts resizing and writing anew, and tells views apart."""

from io import BytesIO
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from prasan.complaints.prints import ALIKE, BITS, bands_of, differing_bits, print_of
from tests.factories.photographs import as_file, changed, make_view

PRINTS = st.integers(-(2 ** (BITS - 1)), 2 ** (BITS - 1) - 1)
VIEWS = st.integers(0, 10_000)


def print_of_bytes(content: bytes) -> int | None:
    return print_of(BytesIO(content))


@settings(max_examples=25, deadline=None)
@given(seed=VIEWS, scale=st.floats(0.3, 2.0), quality=st.integers(35, 95), light=st.floats(0.8, 1.1))
def test_same_view_in_another_size_and_quality_is_found(seed, scale, quality, light):
    view = make_view(seed)
    first = print_of_bytes(as_file(view))
    again = print_of_bytes(as_file(changed(view, scale=scale, light=light), quality=quality))

    assert first is not None
    assert again is not None
    assert differing_bits(first, again) <= ALIKE


def test_other_views_are_told_apart():
    prints = [print_of_bytes(as_file(make_view(seed))) for seed in range(150)]

    alike = [pair for pair in combinations(prints, 2) if differing_bits(*pair) <= ALIKE]

    assert alike == []


@given(PRINTS, st.sets(st.integers(0, BITS - 1), max_size=ALIKE))
def test_prints_that_differ_in_few_bits_share_a_band(number, places):
    other = number
    for place in places:
        other ^= 1 << place
    other = other - 2**BITS if other >= 2 ** (BITS - 1) else other
    if other < -(2 ** (BITS - 1)):
        other += 2**BITS

    assert differing_bits(number, other) == len(places)
    assert set(bands_of(number)) & set(bands_of(other))


@given(PRINTS)
def test_bands_hold_every_bit_once(number):
    assert len(bands_of(number)) == ALIKE + 1
    assert all(band >> 10 == place for place, band in enumerate(bands_of(number)))


def test_even_surface_looks_like_nothing():
    for colour in ("black", "white", "grey"):
        assert print_of_bytes(as_file(Image.new("RGB", (300, 200), colour))) is None


def test_turned_by_its_mark_it_is_the_same():
    view = make_view(7)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = BytesIO()
    view.rotate(90, expand=True).save(turned, "JPEG", exif=exif.tobytes())

    assert differing_bits(print_of_bytes(turned.getvalue()), print_of_bytes(as_file(view))) <= ALIKE
