"""The whole gazetteer for a module of tests, gone after it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.db import transaction

from prasan.places.actions import ensure_places
from prasan.places.actions.villages import VillageRow, lay_out_villages, take_over_villages

VILLAGES = (
    ("32030101", "บ้านท่าตูม"),
    ("32030501", "บ้านเมืองแก"),
    ("32030502", "บ้านหนองบัว"),
    ("32030503", "บ้านหนองบัว"),
    ("32030505", "บ้านโนนสูง"),
    ("32030506", "บ้านสามเรือน (บ้านเกาะลอย)"),
)
"""A few villages of one tambon (ต.เมืองแก อ.ท่าตูม จ.สุรินทร์) and one of the next; the names are ours."""


@pytest.fixture(scope="module")
def official(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Every official area for the tests of a module, which must all be marked `django_db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_places()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def villages(official: None) -> None:
    """The few villages of `VILLAGES` beside the official areas."""
    rows = [VillageRow(code, int(code[6:]), name, "") for code, name in VILLAGES]
    take_over_villages(lay_out_villages(rows), digest="of the tests", by=None)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write a CSV file: the headings, then the rows."""

    def write(headings: str, *rows: Sequence[object], name: str = "table.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings.split())
            writer.writerows(rows)
        return path

    return write
