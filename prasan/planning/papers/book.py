"""The plan as a book: cover, contents by strategic issue, then form จ.1-1 of every project; and all as XLSX.

It is made in a folder, step by step, each step whole or not at all: whoever was cut off begins again in the
same folder and goes on from there. Projects are set in batches, each in a process of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

from prasan.documents.face import fonts
from prasan.documents.making import Tell
from prasan.kernel.digits import to_thai
from prasan.planning.models import PlanItem, Proposal
from prasan.planning.papers.book_front import DIGITS, FRONT, LINK, front_of
from prasan.planning.papers.brief import Form, forms_of
from prasan.planning.papers.form_pdf import order_of
from prasan.planning.papers.form_xlsx import LISTS, rows_of_lists
from prasan.planning.papers.summary import NO_ISSUE
from prasan.sheets.apart import apart, write_order
from prasan.sheets.spool import put_rows

BATCH: Final = 100
"""Projects set in one process: they take it about 250 MB at two pages each."""

AT_ONCE: Final = 2
"""Processes beside the worker."""

BOOK, BRIEFS = "book.pdf", "briefs.xlsx"
"""What stands in the folder in the end."""

BRIEFS_DRAFT: Final = "briefs-draft.xlsx"

_PLAN, _KEY = "plan.json", "content"
_STEPS_BESIDE: Final = 2


@dataclass(frozen=True, slots=True)
class BookLine:
    """A project of the plan, and the proposal whose form is printed; None where there is none to print."""

    name: str
    place: str
    amount: Decimal
    proposal: int | None


@dataclass(slots=True)
class BookChapter:
    """The projects that serve one strategic issue."""

    title: str
    order: tuple[int, int]
    lines: list[BookLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says, line by line below the plan's name."""

    plan: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookFile:
    """A finished book: its pages, and how many projects stand in it with their form."""

    pages: int
    projects: int


def chapters_of(items: Iterable[PlanItem], shown: Collection[int]) -> list[BookChapter]:
    """The items under the issues they serve, in the order of the plan; forms of proposals `shown` only."""
    chapters: dict[int, BookChapter] = {}
    for item in items:
        issue = item.proposal.issue if item.proposal else None
        key = issue.pk if issue else 0
        if key not in chapters:
            title = f"{issue.number}. {issue.name_th}" if issue else NO_ISSUE
            chapters[key] = BookChapter(title, (0, issue.number) if issue else (1, 0))
        place = item.area.full_name if item.area else ""
        proposal = item.proposal_id if item.proposal_id in shown else None
        chapters[key].lines.append(BookLine(item.title, place, item.amount, proposal))
    return sorted(chapters.values(), key=lambda chapter: chapter.order)


def is_laid_down(folder: Path, content: str) -> bool:
    """Whether all that goes into the book of this content stands in the folder already."""
    key = folder / _KEY
    return key.exists() and key.read_text() == content


def lay_down(folder: Path, cover: Cover, chapters: Sequence[BookChapter], tell: Tell) -> None:
    """Read every project once and for all: an order for each batch, the contents, the rows of the XLSX."""
    keys = [line.proposal for chapter in chapters for line in chapter.lines if line.proposal is not None]
    whole = len(list(_batches(keys))) + _STEPS_BESIDE
    paths = {title: folder / f"rows-{number}.jsonl" for number, title in enumerate(LISTS)}
    with ExitStack() as open_files:
        spools = {
            title: open_files.enter_context(path.open("w", encoding="utf-8")) for title, path in paths.items()
        }
        for number, batch in enumerate(_batches(keys)):
            tell(0, whole)
            forms = _forms(batch)
            source, typeface, words = order_of(forms)
            target = folder / f"part-{number + 1:04}.pdf"
            order = {"source": source, "fonts": str(typeface), "data": words, "target": str(_draft(target))}
            write_order(target.with_suffix(".json"), order)
            briefs = (form.brief for form in forms)
            for title, rows in rows_of_lists(briefs, first=number * BATCH + 1).items():
                put_rows(spools[title], rows)
    tables = [
        {"title": title, "headers": headers, "rows": str(paths[title])} for title, headers in LISTS.items()
    ]
    write_order(folder / "briefs.json", {"target": str(folder / BRIEFS_DRAFT), "tables": tables})
    told = [
        {"title": chapter.title, "lines": [_told(line) for line in chapter.lines]} for chapter in chapters
    ]
    write_order(folder / _PLAN, {"plan": cover.plan, "cover": cover.lines, "chapters": told})


def mark_laid_down(folder: Path, content: str) -> None:
    """Say that what was laid down is of this content, and whole."""
    draft = folder / f"{_KEY}.draft"
    draft.write_text(content)
    draft.replace(folder / _KEY)


def set_parts(folder: Path, tell: Tell) -> None:
    """Write the XLSX and set the batches that are not set yet, two at a time."""
    orders = sorted(folder.glob("part-*.json"))
    waiting = [order for order in orders if not order.with_suffix(".starts").exists()]
    lists = [] if (folder / BRIEFS).exists() else [folder]
    whole = len(orders) + _STEPS_BESIDE
    done = len(orders) - len(waiting)
    tell(done, whole)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        works = [pool.submit(_write_lists, each) for each in lists]
        works += [pool.submit(_set, order) for order in waiting]
        try:
            for each in as_completed(works):
                done += each.result()
                tell(done, whole)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def bind_book(folder: Path, tell: Tell) -> BookFile:
    """Number the pages, set cover and contents, and bind all into `BOOK`."""
    plan = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    parts = sorted(folder.glob("part-*.json"))
    tell(len(parts), len(parts) + _STEPS_BESIDE)
    starts = list(_starts(parts))
    printed = iter(starts)
    for chapter in plan["chapters"]:
        for line in chapter["lines"]:
            line["page"] = next(printed) if line["printed"] else None
    front, digits = folder / "front.pdf", folder / "digits.pdf"
    _order(folder / "front.json", FRONT, front_of(plan), front)
    apart("set", folder / "front.json")
    _order(folder / "digits.json", DIGITS, {"digits": [to_thai(str(digit)) for digit in range(10)]}, digits)
    widths = apart("set", folder / "digits.json")
    tell(len(parts) + 1, len(parts) + _STEPS_BESIDE)
    write_order(
        folder / "book.json",
        {
            "target": str(folder / BOOK),
            "front": str(front),
            "parts": [str(part.with_suffix(".pdf")) for part in parts],
            "digits": str(digits),
            "widths": widths,
            "title": to_thai(plan["plan"]),
            "bookmarks": _bookmarks(plan["chapters"]),
            "link": LINK,
        },
    )
    return BookFile(apart("bind", folder / "book.json"), len(starts))


def _write_lists(folder: Path) -> int:
    """The XLSX; as it is the longest single piece of work and is begun first, it is no step of its own."""
    apart("tables", folder / "briefs.json")
    (folder / BRIEFS_DRAFT).replace(folder / BRIEFS)
    return 0


def _set(order: Path) -> int:
    """One batch: its PDF first, then the pages on which its forms begin, which say that it is done."""
    target = order.with_suffix(".pdf")
    pages, *starts = apart("set", order)
    _draft(target).replace(target)
    write_order(order.with_suffix(".starts"), {"pages": pages, "starts": starts})
    return 1


def _starts(parts: Sequence[Path]) -> Iterator[int]:
    """The page of the book on which each form begins, counted over all parts."""
    before = 0
    for part in parts:
        told = json.loads(part.with_suffix(".starts").read_text(encoding="utf-8"))
        yield from (before + int(start) for start in told["starts"])
        before += int(told["pages"])


def _bookmarks(chapters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    marks = []
    for chapter in chapters:
        below = [
            {"title": to_thai(line["name"]), "page": line["page"]}
            for line in chapter["lines"]
            if line["page"] is not None
        ]
        if below:
            marks.append({"title": to_thai(chapter["title"]), "page": below[0]["page"], "below": below})
    return marks


def _forms(keys: Sequence[int]) -> list[Form]:
    """The forms of these proposals, in this order."""
    place = {key: number for number, key in enumerate(keys)}
    found = forms_of(Proposal.objects.filter(pk__in=keys))
    return sorted(found, key=lambda form: place[form.brief.number or 0])


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while batch := list(islice(left, BATCH)):
        yield batch


def _told(line: BookLine) -> dict[str, Any]:
    printed = line.proposal is not None
    return {"name": line.name, "place": line.place, "amount": str(line.amount), "printed": printed}


def _order(path: Path, source: str, words: dict[str, Any], target: Path) -> None:
    write_order(path, {"source": source, "fonts": str(fonts()), "data": words, "target": str(target)})


def _draft(target: Path) -> Path:
    return target.with_name(f"{target.stem}-draft.pdf")
