"""Which province or cluster each budget unit of a document is, found without guessing.

Provinces are known by name or by a row of the alias table. A cluster's label may have lost its number and
then fits several clusters: such pages are told apart by the provinces that follow them in the document, for
a bill sets each cluster before its provinces. What is found so is a proposal that a person confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from prasan.kernel.sentence import Sentence
from prasan.places.imports.report import RowFault
from prasan.places.models import Area, Level, ProvinceCluster
from prasan.planning.imports.written import WrittenLine
from prasan.planning.models import BudgetUnitAlias, ClusterRun

PROVINCE, CLUSTER = "จังหวัด", "กลุ่มจังหวัด"
BANGKOK = "10"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive lines of a document under one label, and what the label stands for."""

    label: str
    document: str
    lines: tuple[WrittenLine, ...]
    owner: Area | ProvinceCluster | None
    fits: tuple[ProvinceCluster, ...] = ()
    followed_by: tuple[Area, ...] = ()
    is_alias: bool = False
    is_confirmed: bool = True

    @property
    def first_page(self) -> int:
        """The page on which it begins."""
        return min(line.page for line in self.lines)

    @property
    def last_page(self) -> int:
        """The page on which it ends."""
        return max(line.page for line in self.lines)

    @property
    def amount(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def lost_its_number(self) -> bool:
        """Whether the label alone fits several clusters."""
        return len(self.fits) > 1


@dataclass(frozen=True, slots=True)
class Units:
    """What is known of names, read once."""

    provinces: Mapping[str, Area]
    clusters: Sequence[ProvinceCluster]
    aliases: Mapping[str, Area | ProvinceCluster]
    settled: Mapping[tuple[str, int], ClusterRun]

    @classmethod
    def known(cls) -> Units:
        """The names in the database."""
        provinces = Area.objects.filter(level=Level.PROVINCE, is_abolished=False).select_related("cluster")
        aliases = BudgetUnitAlias.objects.select_related("area", "cluster")
        runs = ClusterRun.objects.select_related("cluster")
        return cls(
            provinces={f"{PROVINCE}{area.name_th}": area for area in provinces},
            clusters=list(ProvinceCluster.objects.order_by("code")),
            aliases={alias.label: meaning for alias in aliases if (meaning := alias.area or alias.cluster)},
            settled={(run.document, run.first_page): run for run in runs},
        )

    def provinces_without(self, runs: Iterable[Run]) -> list[Area]:
        """Provinces of which a document that speaks of all says nothing; Bangkok is never among them."""
        there = {run.owner.pk for run in runs if isinstance(run.owner, Area)}
        left = [area for area in self.provinces.values() if area.code not in there | {BANGKOK}]
        return sorted(left, key=lambda area: area.sort_key)


def runs_of(lines: Iterable[WrittenLine], units: Units) -> list[Run]:
    """The lines of a file in runs, each with what its label stands for; None where that is not certain."""
    found = [_named(label, document, part, units) for label, document, part in _split(lines)]
    return [_told_apart(run, found[position + 1 :], units) for position, run in enumerate(found)]


def faults_of(runs: Iterable[Run], units: Units) -> list[RowFault]:
    """A sentence for each run whose label is not understood, with the nearest known name as a hint."""
    return [RowFault(run.lines[0].number, _not_understood(run, units)) for run in runs if run.owner is None]


def _split(lines: Iterable[WrittenLine]) -> list[tuple[str, str, tuple[WrittenLine, ...]]]:
    """Runs in the order of each document's pages, whatever the order of the file."""
    parts: list[tuple[str, str, list[WrittenLine]]] = []
    for line in sorted(lines, key=lambda line: (line.document, line.page, line.number)):
        if not parts or parts[-1][:2] != (line.unit, line.document):
            parts.append((line.unit, line.document, []))
        parts[-1][2].append(line)
    return [(unit, document, tuple(part)) for unit, document, part in parts]


def _named(label: str, document: str, lines: tuple[WrittenLine, ...], units: Units) -> Run:
    if (province := units.provinces.get(label)) is not None:
        return Run(label, document, lines, province)
    if (meaning := units.aliases.get(label)) is not None:
        return Run(label, document, lines, meaning, is_alias=True)
    fits = tuple(cluster for cluster in units.clusters if label in _names_of(cluster))
    return Run(label, document, lines, fits[0] if len(fits) == 1 else None, fits)


def _names_of(cluster: ProvinceCluster) -> tuple[str, str]:
    """The cluster's label, as it is and without its number."""
    name = f"{CLUSTER}{cluster.name_th}"
    return name, name.rstrip("0123456789 ")


def _told_apart(run: Run, later: Sequence[Run], units: Units) -> Run:
    """The run with its cluster: the one its label fits to which all provinces that follow belong."""
    if not run.lost_its_number:
        return run
    followers: list[Area] = []
    for other in later:
        if other.document != run.document or not isinstance(other.owner, Area):
            break
        followers.append(other.owner)
    settled = units.settled.get((run.document, run.first_page))
    agreeing = [
        cluster
        for cluster in run.fits
        if followers and all(province.cluster_id == cluster.code for province in followers)
    ]
    owner = settled.cluster if settled else agreeing[0] if len(agreeing) == 1 else None
    is_confirmed = settled is not None and settled.confirmed_at is not None
    return replace(run, owner=owner, followed_by=tuple(followers), is_confirmed=is_confirmed)


def _not_understood(run: Run, units: Units) -> Sentence:
    line = run.lines[0].number
    if run.fits:
        names = ", ".join(cluster.name_th for cluster in run.fits)
        return Sentence(
            f"บรรทัดที่ {line}: “{run.label}” (หน้า {run.first_page}–{run.last_page}) หมายถึงได้หลายกลุ่มจังหวัด "
            f"({names}) และจังหวัดที่อยู่ถัดไปไม่บอกว่าเป็นกลุ่มใด กรุณาแก้ชื่อในไฟล์ให้มีหมายเลขกลุ่ม",
            f"Line {line}: “{run.label}” (pages {run.first_page}–{run.last_page}) fits several clusters "
            f"({names}) and the provinces that follow do not tell which. "
            "Please write the cluster's number in the file.",
        )
    names_known = [*units.provinces, *(name for cluster in units.clusters for name in _names_of(cluster))]
    near = process.extractOne(run.label, names_known, scorer=Levenshtein.distance, score_cutoff=3)
    hint_th = f" ใกล้เคียงกับ “{near[0]}”" if near else ""
    hint_en = f" It is close to “{near[0]}”." if near else ""
    return Sentence(
        f"บรรทัดที่ {line}: ไม่รู้จักหน่วยรับงบประมาณ “{run.label}”{hint_th} กรุณาแก้ในไฟล์ หรือเพิ่มชื่อนี้ด้วย --unit",
        f"Line {line}: the budget unit “{run.label}” is not known.{hint_en} "
        "Please correct the file, or explain the name with --unit.",
    )
