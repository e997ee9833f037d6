"""The figures of the place finder, against plain search of official names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import geothai

from bench.figure import Figure
from bench.installation import SHARED, Installation
from bench.place_finder import BUDGET, HELD_OUT, SAMPLE, evaluate, labelled_lines, provinces_of
from bench.sizes import Sizes
from bench.villages import ensure_full_tree

NAMED = re.compile(r"(?:ตำบล|ต\.)\s*(\S+)\s+(?:อำเภอ|อ\.)\s*(\S+)")


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Read both sets of lines; needs the bill and the villages of the folder of real data."""
    sets = {"place-finder": SAMPLE, "place-finder-held-out": HELD_OUT}
    if not (SHARED / BUDGET).exists():
        for name in sets:
            yield Figure(name, None, remark="the real data is not at hand")
            yield Figure(f"{name}-wrong", None, remark="the real data is not at hand")
        return
    ensure_full_tree(installation, sizes)
    for name, labels in sets.items():
        result = evaluate(SHARED, labels)
        right, wrong = matched(labels)
        remark = f"{result.named} places in {result.lines_naming} of {result.lines} lines"
        yield Figure(name, 100 * result.right_rate, 100 * right / result.named, remark=remark)
        yield Figure(f"{name}-wrong", 100 * result.wrong_rate, 100 * wrong / result.named, remark=remark)


def matched(labels: Path) -> tuple[int, int]:
    """Right and wrong codes where `ตำบล… อำเภอ…` is cut out of the text and matched by geothai."""
    right = wrong = 0
    for line in labelled_lines(SHARED, labels):
        found = set()
        for tambon, amphoe in NAMED.findall(line.text):
            for province in provinces_of(line.unit):
                known = geothai.match(tambon, district=amphoe, province=province.name_th)
                found |= {address.subdistrict.code for address in known}
        codes = {str(code) for code in found}
        right += len(codes & line.right)
        wrong += len(codes - line.right - line.acceptable)
    return right, wrong
