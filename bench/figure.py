"""What a benchmark says: one figure, what it is held against, and whether the promise is kept."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Promise:
    """What a figure means and how far it may go; `on` says whether the figure or its ratio is promised.

    One without a limit is told beside another, and promises nothing.
    """

    what: str
    unit: str
    limit: float | None = None
    at_least: bool = False
    on: str = "ours"
    reference: str = ""

    @property
    def words(self) -> str:
        """The promise as written in a table: `≤ 10 ms`, `ratio ≥ 0.5`, or a dash."""
        if self.limit is None:
            return "–"
        sign = "≥" if self.at_least else "≤"
        return f"ratio {sign} {self.limit:g}" if self.on == "ratio" else f"{sign} {self.limit:g} {self.unit}"


PLAIN_MATCH = "tambon and amphoe cut out of the text by their words and matched by geothai"

SPLINK = "Splink on DuckDB, with the best of several weights and thresholds, same rows and cores"
ELSE_MATCHED = "the best of rapidfuzz, distance, pg_trgm and Splink, each tuned on the other folds"
ELSE_READ = "the better of rapidfuzz and the cosine of groups of letters, over the same titles"

PROMISES = {
    "first-start": Promise("from `prasan run` in an empty data folder to the first answer", "s", 60),
    "restart": Promise("from `prasan run` after a clean stop to the first answer", "s", 5),
    "restart-after-kill": Promise(
        "from `prasan run` after SIGKILL of every process to the first answer", "s", 15
    ),
    "villages-import": Promise(
        "the whole list of villages checked and taken in",
        "s",
        20,
        reference="the same rows read with csv and written with Django's bulk_create, unchecked",
    ),
    "idle-memory": Promise(
        "PSS of site, worker and PostgreSQL together, after one question to the place finder", "MB", 450
    ),
    "first-visit": Promise("what a browser loads to open the front page, without the map", "KB", 150),
    "later-visit": Promise("what it loads for a further page, the heaviest of several", "KB", 30),
    "page-shell": Promise(
        "area pages of four levels for a person who has signed in",
        "pages/s",
        0.5,
        at_least=True,
        on="ratio",
        reference="a plain signed-in Django page with one query and 20 rows, same server and middleware",
    ),
    "area-subtree": Promise(
        "p95 of the totals of a province, amphoe, tambon or village, each asked equally often",
        "ms",
        10,
        reference="the same totals by a recursive query down the tree",
    ),
    "rights": Promise(
        "p50 of “may this person do this here?”, postings loaded",
        "µs",
        20,
        reference="the same question put to the database",
    ),
    "place-finder": Promise(
        "places named in 200 lines of a budget bill that get the right code",
        "%",
        95,
        at_least=True,
        reference=PLAIN_MATCH,
    ),
    "place-finder-wrong": Promise("places named there that get a wrong code", "%", 1, reference=PLAIN_MATCH),
    "place-finder-held-out": Promise(
        "right codes in 100 further lines, labelled before the finder was written",
        "%",
        95,
        at_least=True,
        reference=PLAIN_MATCH,
    ),
    "place-finder-held-out-wrong": Promise("wrong codes in those", "%", 1, reference=PLAIN_MATCH),
    "match-f1": Promise(
        "F1 of telling whether two citizens' reports are of one problem, on pairs judged by people, in folds",
        "%",
        93,
        at_least=True,
        reference=ELSE_MATCHED,
    ),
    "match-precision": Promise("its precision", "%", 93, at_least=True, reference=ELSE_MATCHED),
    "match-recall": Promise("its recall", "%", reference=ELSE_MATCHED),
    "match-average-precision": Promise("its average precision", "%", reference=ELSE_MATCHED),
    "match-batch": Promise(
        "the reports of Bangkok grouped into problems",
        "rows/s",
        5,
        at_least=True,
        on="ratio",
        reference=SPLINK,
    ),
    "match-batch-f1": Promise(
        "F1 of those groups on the pairs that people judged", "%", at_least=True, reference=SPLINK
    ),
    "match-batch-memory": Promise(
        "memory that this takes at its height, all processes together", "MB", 4096, reference=SPLINK
    ),
    "match-city": Promise(
        "the reports of a made-up dense city grouped into problems",
        "rows/s",
        5,
        at_least=True,
        on="ratio",
        reference=SPLINK,
    ),
    "match-city-f1": Promise(
        "F1 of those groups on all pairs of rows, against the problems that were planted",
        "%",
        at_least=True,
        reference=SPLINK,
    ),
    "match-city-memory": Promise(
        "memory that this takes at its height, all processes together", "MB", 4096, reference=SPLINK
    ),
    "match-workers": Promise("rows that 2 or 4 workers group otherwise than one", "rows", 0),
    "match-before-filing": Promise(
        "p95 of finding what is likely the same as a complaint before it is sent, database and all",
        "ms",
        50,
        reference="similarity() of pg_trgm over the same open complaints near by, in SQL",
    ),
    "match-before-filing-partner": Promise(
        "reports of which people named a partner that find just that one in the first five problems shown",
        "%",
        95,
        at_least=True,
        reference="the five most alike by pg_trgm",
    ),
    "match-before-filing-problem": Promise(
        "those that find there one that people hold to be of the same problem",
        "%",
        95,
        at_least=True,
        reference="the five most alike by pg_trgm",
    ),
    "proposals-list": Promise(
        "p95 of a page of the list of proposals within one province or area, any filters and order",
        "ms",
        150,
        reference="the rows and count alone by Django's Paginator, areas by their path",
    ),
    "proposals-words": Promise(
        "p95 of a page of that list with words sought in the whole country", "ms", 500
    ),
    "overview": Promise(
        "p95 of the page with the figures of any area, those inside it and who is late", "ms", 100
    ),
    "certificates": Promise(
        "certificates of awards as PDFs of their own, each with a signed code, one after the other", "s", 60
    ),
    "gallery": Promise(
        "p95 of a page of the gallery of innovations, searched and narrowed in all ways, for anybody",
        "ms",
        100,
        reference="rows and count of the first page by Django's paginator, words found by icontains",
    ),
    "similar": Promise(
        "p95 of what is shown as similar while a need or proposal is written, with and without a point",
        "ms",
        100,
    ),
    "need-submit": Promise(
        "needs handed in by village heads who have signed in: the form checked, the need, its ledger entries "
        "and jobs in one commit",
        "needs/s",
        0.35,
        at_least=True,
        on="ratio",
        reference="a plain signed-in view that inserts the same rows in one commit, same server",
    ),
    "need-submit-photograph": Promise("the same with a photograph each", "needs/s"),
    "need-submit-storm": Promise(
        "needs lost after they were acknowledged, or kept twice, while everything is killed twice",
        "needs",
        0,
    ),
    "complaint-inbox": Promise(
        "p95 of the list of complaints at a centre and of what was sent to an agency, filtered or not",
        "ms",
        300,
    ),
    "complaint-statistics": Promise(
        "p95 of the page of figures of complaints, of the own province and of any area",
        "ms",
        300,
        reference="the figures of one province by grouping its rows in one query, without the page",
    ),
    "complaint-submit": Promise(
        "complaints taken in by officers who have signed in: the form checked, the complaint, its receipt, "
        "clocks, ledger entry and job in one commit",
        "complaints/s",
        0.35,
        at_least=True,
        on="ratio",
        reference="a plain signed-in view that inserts the same rows in one commit, same server",
    ),
    "used-before": Promise(
        "p95 of finding where a photograph of what was done was used before, changed in a few bits",
        "ms",
        50,
        reference="the same found by looking at every print",
    ),
    "complaint-submit-storm": Promise(
        "complaints lost after they got a receipt, or kept twice, while everything is killed twice",
        "complaints",
        0,
    ),
    "title-likeness-auc": Promise(
        "the chance that titles of one kind of innovation are held more alike than titles of two kinds",
        "%",
        90,
        at_least=True,
        reference=ELSE_READ,
    ),
    "title-likeness-first-five": Promise(
        "titles that find one of their kind among the five most alike",
        "%",
        90,
        at_least=True,
        reference=ELSE_READ,
    ),
    "novelty": Promise("p95 of finding the titles most alike to a new one among all earlier ones", "ms", 50),
    "plan-book": Promise(
        "a plan of 10,000 projects, two pages each, as one PDF with contents and as one XLSX, by the worker",
        "s",
        240,
        reference="the same forms set by one process, each as a document of its own",
    ),
    "plan-book-memory": Promise(
        "PSS of worker, its helpers and PostgreSQL together, at the height of that", "MB", 1536
    ),
    "judging-correction": Promise(
        "Kendall's tau of the adjusted order with the true one, where strictness differs much and three of "
        "twelve judges see each of 40 made-up entries",
        "tau",
        1.1,
        at_least=True,
        on="ratio",
        reference="the order of raw means, same editions",
    ),
    "judging-correction-worse": Promise(
        "designs in which adjusting lowers tau by more than the 95 % interval of chance", "designs", 0
    ),
    "ledger-write": Promise(
        "steps of cases taken by several people at once, each its own commit on the disk",
        "moves/s",
        0.35,
        at_least=True,
        on="ratio",
        reference="bare inserts of the same case, ledger and job rows by the same clients",
    ),
    "ledger-verify": Promise(
        "time to check a million sealed entries",
        "s per million",
        60,
        reference="reading and hashing every entry once, inside the database",
    ),
}


def load_now() -> float:
    """How busy the machine was over the last minute, in processes."""
    return round(os.getloadavg()[0], 2)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `ours` is None where it could not be measured, and `remark` says why."""

    name: str
    ours: float | None
    reference: float | None = None
    remark: str = ""
    load: float = field(default_factory=load_now)

    @property
    def promise(self) -> Promise:
        return PROMISES[self.name]

    @property
    def ratio(self) -> float | None:
        """Ours to the reference."""
        return self.ours / self.reference if self.ours is not None and self.reference else None

    @property
    def is_kept(self) -> bool | None:
        """Whether the promise is kept; None where nothing was measured or promised."""
        value = self.ratio if self.promise.on == "ratio" else self.ours
        limit = self.promise.limit
        if value is None or limit is None:
            return None
        return value >= limit if self.promise.at_least else value <= limit

    def as_json(self) -> str:
        """The figure as one line of JSON."""
        values = {name: _rounded(value) for name, value in asdict(self).items()}
        values |= {
            "ratio": _rounded(self.ratio),
            "unit": self.promise.unit,
            "goal": self.promise.words,
            "kept": self.is_kept,
        }
        return json.dumps(values, ensure_ascii=False)


def table_of(figures: list[Figure]) -> str:
    """All figures for a person to read."""
    rows = [("figure", "ours", "reference", "ratio", "goal", "", "load")]
    rows += [
        (
            figure.name,
            f"{number(figure.ours)} {figure.promise.unit}",
            number(figure.reference),
            number(figure.ratio),
            figure.promise.words,
            verdict(figure),
            str(figure.load),
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def verdict(figure: Figure) -> str:
    """Whether the promise is kept, in one word."""
    if figure.ours is not None and figure.promise.limit is None:
        return "told"
    return {True: "kept", False: "short", None: "not measured"}[figure.is_kept]


def number(value: float | None) -> str:
    """Three figures that count, or a dash."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _rounded(value: object) -> object:
    return float(f"{value:.4g}") if isinstance(value, float) else value
