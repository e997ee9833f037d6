"""Taking in the list of all villages, checked, against writing the rows unchecked."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from time import perf_counter

from django.db import connection, transaction

from bench.figure import Figure
from bench.installation import SHARED, Installation
from bench.sizes import Sizes
from prasan.kernel.order import thai_sort_key
from prasan.places.gazetteer import path_of
from prasan.places.imports.villages import import_villages
from prasan.places.models import Area, Level, PlaceSource
from prasan.places.names import name_key, village_key

HEADER = ("village_code", "moo", "name_th", "name_en", "tambon_code", "amphoe_code", "province_code")
IN_A_TAMBON = 11
"""So many villages has a tambon on average."""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Write the rows both ways; what the import took in stays for the benchmarks that follow."""
    installation.database()
    path = village_list(installation.folder.path, sizes)
    began = perf_counter()
    with transaction.atomic():
        count = _write_unchecked(path)
        reference = perf_counter() - began
        transaction.set_rollback(True)
    began = perf_counter()
    _take_in(path)
    ours = perf_counter() - began
    kind = "real" if path.is_relative_to(SHARED) else "made-up"
    yield Figure("villages-import", ours, reference, remark=f"{count:,} {kind} villages")


def ensure_full_tree(installation: Installation, sizes: Sizes) -> None:
    """Have the whole list of villages in the database."""
    installation.database()
    if not PlaceSource.objects.filter(kind=PlaceSource.Kind.VILLAGES, is_made_up=False).exists():
        _take_in(village_list(installation.folder.path, sizes))


def village_list(folder: Path, sizes: Sizes) -> Path:
    """The real list where it is at hand and all of it is wanted, otherwise one of the same shape."""
    real = SHARED / "villages.csv.gz"
    if real.exists() and sizes.villages >= 75_000:
        return real
    path = folder / "villages.csv"
    tambon = Area.objects.filter(level=Level.TAMBON, is_abolished=False).order_by("code")
    codes = product(tambon.values_list("code", flat=True), range(1, IN_A_TAMBON + 1))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for code, moo in islice(codes, sizes.villages):
            row = (f"{code}{moo:02d}", moo, f"บ้านสมมุติ {moo}", f"Ban {moo}")
            writer.writerow([*row, code, code[:4], code[:2]])
    return path


def _take_in(path: Path) -> None:
    report = import_villages(path)
    if report.faults:
        raise RuntimeError(f"the villages were refused: {report.faults[0].sentence.en}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE places_area")


def _write_unchecked(path: Path) -> int:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as stream:
        areas = [
            Area(
                code=row["village_code"],
                level=Level.VILLAGE,
                parent_id=row["tambon_code"],
                moo=int(row["moo"]),
                name_th=row["name_th"],
                name_en=row["name_en"],
                path=path_of(row["village_code"]),
                sort_key=thai_sort_key(row["name_th"]),
                search_key=village_key(row["name_th"]),
                search_key_en=name_key(row["name_en"].removeprefix("Ban ")),
            )
            for row in csv.DictReader(stream)
        ]
    Area.objects.bulk_create(areas, batch_size=1000, ignore_conflicts=True)
    return len(areas)
