"""Shades of a map: equal figures are never parted, greater ones never paler, and eyes tell them apart."""

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.web.places.shades import SHADES, UNKNOWN, ShadeClass, shading_of

TOKENS = Path(__file__).parents[3] / "prasan" / "web" / "static" / "src" / "css" / "1-tokens.css"

figures = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=4),
    st.none()
    | st.integers(0, 12)
    | st.integers(0, 10**15)
    | st.decimals(0, 10**12, allow_nan=False, places=2),
    max_size=60,
)


@given(figures)
def test_equal_figures_share_a_shade_and_greater_ones_are_never_paler(drawn):
    shading = shading_of(drawn)
    known = sorted((figure, shading.by_code[code]) for code, figure in drawn.items() if figure is not None)

    assert set(shading.by_code) == set(drawn)
    assert all(1 <= shade <= SHADES for _figure, shade in known)
    for (figure, shade), (next_figure, next_shade) in pairwise(known):
        assert shade <= next_shade
        if figure == next_figure:
            assert shade == next_shade


@given(figures)
def test_classes_tell_what_each_shade_stands_for(drawn):
    shading = shading_of(drawn)
    by_shade = {}
    for code, figure in drawn.items():
        if figure is not None:
            by_shade.setdefault(shading.by_code[code], []).append(figure)

    assert shading.classes == tuple(
        ShadeClass(shade, min(inside), max(inside), len(inside)) for shade, inside in sorted(by_shade.items())
    )
    assert shading.unknown == sum(figure is None for figure in drawn.values())
    assert {code for code, shade in shading.by_code.items() if shade == UNKNOWN} == {
        code for code, figure in drawn.items() if figure is None
    }


@given(st.sets(st.integers(0, 10**9), min_size=1, max_size=80))
def test_different_figures_are_shared_out_evenly(drawn):
    sizes = Counter(shading_of({str(figure): figure for figure in drawn}).by_code.values())

    assert len(sizes) == min(len(drawn), SHADES)
    assert max(sizes.values()) - min(sizes.values()) <= 1


@pytest.mark.parametrize(
    ("drawn", "shades"),
    [
        ([], []),
        ([None, None], [0, 0]),
        ([0, 0, None], [1, 1, 0]),
        ([7, 7], [3, 3]),
        ([0, Decimal("0.01")], [1, 5]),
        ([1, 2, 3], [1, 3, 5]),
        ([5, 4, 3, 2, 1], [5, 4, 3, 2, 1]),
        ([0] * 9 + [1], [1] * 9 + [5]),
    ],
)
def test_few_figures_are_spread_over_the_scale(drawn, shades):
    by_code = shading_of({str(place): figure for place, figure in enumerate(drawn)}).by_code

    assert [by_code[str(place)] for place in range(len(drawn))] == shades


def scales() -> list[list[str]]:
    css = TOKENS.read_text(encoding="utf-8")
    found = re.findall(r"--shade-(\d): (#[0-9a-f]{6});", css)
    assert [int(number) for number, _colour in found] == [1, 2, 3, 4, 5] * 2
    return [[colour for _number, colour in found[:5]], [colour for _number, colour in found[5:]]]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("theme", "rises"), [(0, False), (1, True)], ids=["light", "dark"])
def test_shades_differ_in_lightness_alone_so_that_colour_blind_people_tell_them_apart(theme, rises):
    lights = [luminance(colour) for colour in scales()[theme]]
    ordered = lights if rises else lights[::-1]

    contrasts = [(b + 0.05) / (a + 0.05) for a, b in pairwise(ordered)]
    assert min(contrasts) > 1.3
