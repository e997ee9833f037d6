"""Finding where a photograph was used before, among a million photographs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from bench.villages import ensure_full_tree
from prasan.complaints.actions import ComplaintWords, take_in
from prasan.complaints.models import Complaint, Photograph, Print
from prasan.complaints.prints import ALIKE
from prasan.complaints.queries import used_before
from prasan.places.models import Area, Level

PARTS = 5  # prints of a photograph as somebody may have cropped it, beside that of the whole
CHANGED = 6  # bits in which a photograph used again differs
FILES = """
INSERT INTO documents_file (sha256, kind, media_type, size, has_thumbnail, stored_at)
SELECT 'bench ' || number, 'image', 'image/jpeg', 1, true, %s FROM generate_series(1, %s) AS number
"""
PHOTOGRAPHS = """
INSERT INTO complaints_photograph (complaint_id, file_id, name, shows, added_at)
SELECT %s, id, 'bench', 'trouble', stored_at FROM documents_file WHERE sha256 LIKE 'bench %%' ORDER BY id
"""
SCAN = """
SELECT DISTINCT photograph_id FROM complaints_print
WHERE bit_count((bits # %s::bigint)::bit(64)) <= %s AND photograph_id < %s
"""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask of photographs that were used before, each changed in a few bits; the reference looks at all."""
    ensure_full_tree(installation, sizes)
    yield figure_of(sizes.photographs, sizes.list_questions)


def figure_of(photographs: int, questions: int) -> Figure:
    """How long it takes among so many photographs to find each of those that were used again."""
    chance = np.random.default_rng(1)
    wholes = _even_and_uneven_bits(chance, photographs)
    again = chance.integers(0, photographs, questions)
    keys = _fill(chance, wholes, wholes[again] ^ _flips(chance, questions, CHANGED))
    ours, reference = [], []
    for place, earlier in enumerate(again):
        asked = Photograph.objects.get(pk=keys[photographs + place])
        began = perf_counter()
        found = used_before(asked)
        ours.append((perf_counter() - began) * 1000)
        if keys[earlier] not in [each.pk for each in found]:
            raise RuntimeError(f"{asked.pk} was not found to be {keys[earlier]}")
        if place < 10:
            reference.append(_scanned(asked))
    median = percentile(ours, 0.5)
    return Figure(
        "used-before",
        percentile(ours, 0.95),
        percentile(reference, 0.95),
        remark=f"{photographs:,} photographs, {questions} used again, all found; p50 {median:.1f} ms",
    )


def _even_and_uneven_bits(chance: np.random.Generator, number: int) -> NDArray[np.uint64]:
    """Prints whose bits are set more or less often, as those of photographs are."""
    often = np.clip(chance.beta(6, 6, 64), 0.1, 0.9)
    prints: NDArray[np.uint64] = np.packbits(chance.random((number, 64)) < often, axis=1).view(np.uint64)
    return prints.ravel()


def _flips(chance: np.random.Generator, number: int, bits: int) -> NDArray[np.uint64]:
    """For each of so many prints the bits to change, at most so many."""
    places = chance.integers(0, 64, (number, bits)).astype(np.uint64)
    flips: NDArray[np.uint64] = np.bitwise_or.reduce(np.uint64(1) << places, axis=1)
    return flips


def _fill(chance: np.random.Generator, wholes: NDArray[np.uint64], asked: NDArray[np.uint64]) -> list[int]:
    """Photographs with their prints, those to be asked about last and without parts; the keys of all."""
    area = Area.objects.filter(level=Level.TAMBON, is_abolished=False).earliest("code")
    told = take_in(ComplaintWords("รูปจำนวนมาก", area), manner=Complaint.Manner.ANONYMOUS).complaint
    with connection.cursor() as cursor:
        cursor.execute(FILES, [timezone.now(), len(wholes) + len(asked)])
        cursor.execute(PHOTOGRAPHS, [told.pk])
        keys = list(told.photographs.order_by("pk").values_list("pk", flat=True))
        parts = [wholes, *(wholes ^ _flips(chance, len(wholes), 8) for _part in range(PARTS))]
        columns = np.stack(parts, axis=1).view(np.int64).tolist()
        columns += [[bits] for bits in asked.view(np.int64).tolist()]
        _copy(keys, columns)
        if not connection.in_atomic_block:
            cursor.execute("VACUUM ANALYZE complaints_print")
    return keys


def _copy(keys: Sequence[int], prints: Sequence[Sequence[int]]) -> None:
    """Write prints without their indexes and what guards their keys, and make the indexes afterwards."""
    indexes = Print._meta.indexes
    with connection.cursor() as cursor:
        with connection.schema_editor() as editor:
            for index in indexes:
                editor.remove_index(Print, index)
        cursor.execute("SET session_replication_role = replica")
        with cursor.copy("COPY complaints_print (photograph_id, is_whole, bits) FROM STDIN") as copy:
            for key, bits in zip(keys, prints, strict=True):
                lines = (f"{key}\t{place == 0}\t{number}\n" for place, number in enumerate(bits))
                copy.write("".join(lines))
        cursor.execute("RESET session_replication_role")
        with connection.schema_editor() as editor:
            for index in indexes:
                editor.add_index(Print, index)


def _scanned(photograph: Photograph) -> float:
    bits = photograph.prints.get(is_whole=True).bits
    began = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(SCAN, [bits, ALIKE, photograph.pk])
        cursor.fetchall()
    return (perf_counter() - began) * 1000
