"""What browsers load, as set-up built it."""

import json
import re
import sys
from pathlib import Path

import geothai
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from prasan.planning.queries.work import WAITING

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "prasan" / "web" / "static" / "built"

sys.path.insert(0, str(ROOT / "setup"))
import assets  # noqa: E402 - set-up is a folder of scripts, not a package

sys.path.pop(0)


def built(name):
    return (BUILT / staticfiles_storage.stored_name(name)).read_bytes()


def compressed(name):
    stored = BUILT / staticfiles_storage.stored_name(name)
    brotli = stored.with_name(f"{stored.name}.br")
    return (brotli if brotli.exists() else stored).stat().st_size


def test_first_visit_without_the_map_is_under_110_kilobytes():
    loaded = (
        "prasan.css",
        "sarabun-400.woff2",
        "sarabun-600.woff2",
        "htmx.js",
        "js/shell.js",
        "icons.svg",
        "mark.svg",
    )

    assert sum(compressed(name) for name in loaded) < 110 * 1024


def test_every_icon_that_pages_name_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', built("icons.svg").decode()))

    assert assets.used_icons() - drawn == set()
    assert {"house", "diagram-3-fill", "hourglass-split"} <= drawn


def test_icons_of_what_waits_for_people_are_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', built("icons.svg").decode()))

    assert {waiting.icon for waiting in WAITING} - drawn == set()


def test_outlines_name_the_77_provinces_by_their_codes():
    outlines = json.loads(built("provinces.json"))

    codes = [feature["properties"]["code"] for feature in outlines["features"]]

    assert codes == sorted(province.code for province in geothai.provinces())
    assert {feature["geometry"]["type"] for feature in outlines["features"]} == {"MultiPolygon"}


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("10", (100.50, 13.75)),
        ("32", (103.49, 14.88)),
        ("50", (98.98, 18.79)),
        ("83", (98.36, 7.95)),
        ("96", (101.8, 6.3)),
    ],
)
def test_outline_lies_around_the_chief_town_of_its_province(code, place):
    from shapely.geometry import Point, shape

    outlines = json.loads(built("provinces.json"))
    around = [
        f["properties"]["code"] for f in outlines["features"] if shape(f["geometry"]).contains(Point(place))
    ]

    assert around == [code]


def test_typeface_has_every_thai_letter_and_stacks_tone_marks():
    from io import BytesIO

    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(built("sarabun-400.woff2")))
    marks = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}

    assert {*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)} <= set(font.getBestCmap())
    assert {"mark", "mkmk"} <= marks


def test_dark_colours_follow_the_device_where_nobody_chose():
    css = built("prasan.css").decode()

    dark = re.search(r"\[data-bs-theme=dark\]\{color-scheme:dark;([^}]*)\}", css)
    followed = re.search(
        r"@media \(prefers-color-scheme:dark\)\{\[data-bs-theme=auto\]\{color-scheme:dark;([^}]*)\}", css
    )

    assert dark[1] == followed[1]


def test_style_sheet_loads_only_what_stands_beside_it():
    addresses = re.findall(r"url\(([^)]*)\)", built("prasan.css").decode())

    assert [
        a
        for a in addresses
        if "data:" not in a and not re.fullmatch(r'"sarabun-\d00\.[0-9a-f]{12}\.woff2"', a)
    ] == []


def test_families_left_out_are_named_by_no_template():
    classes = {
        name
        for path in sorted((ROOT / "prasan" / "web" / "templates").rglob("*.html"))
        for text in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.sub(r"\{[%{].*?[%}]\}", " ", text).split()
    }

    ours = "".join(path.read_text(encoding="utf-8") for path in (assets.SOURCE / "css").glob("*.css"))

    assert [
        name for name in sorted(classes) if assets.UNUSED.match(f".{name}") and f".{name} " not in ours
    ] == []


def test_rules_of_a_sheet_are_read_one_by_one():
    sheet = '@charset "UTF-8";a{b:c}@media (x){d{e:f}g{h:i}}j:not(k,l),m{n:o}'

    assert list(assets._rules(sheet)) == [
        ('@charset "UTF-8";', ""),
        ("a", "b:c"),
        ("@media (x)", "d{e:f}g{h:i}"),
        ("j:not(k,l),m", "n:o"),
    ]
    assert assets._parts("j:not(k,l),m") == ["j:not(k,l)", "m"]
