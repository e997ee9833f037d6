"""A whole plan as a book and as one XLSX, made by the worker, and the memory that takes at its height."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.db import connection, transaction

from bench.figure import Figure
from bench.installation import Installation, tree
from bench.running import pss_of
from bench.sizes import Sizes
from prasan.agencies.models import Committee, Meeting, Resolution
from prasan.config.processes import all_pids
from prasan.places.models import Area, Level
from prasan.planning.actions import open_plan, order_book
from prasan.planning.models import (
    Activity,
    ActivityBudget,
    Indicator,
    Plan,
    PlanBook,
    PlanItem,
    PlanVersion,
    Proposal,
    Sector,
    StrategicIssue,
)
from prasan.planning.papers.brief import forms_of
from prasan.planning.papers.form_pdf import form_pdf

FIRST_YEAR = 2591
"""A plan far ahead, so that no other benchmark meets it."""

ISSUES = 5
ACTIVITIES, YEARS, INDICATORS = 5, 3, 3
AT_ONCE = 1_000
PATIENCE = 3_600.0
EVERY = 0.25
WORDS = (
    "พื้นที่หมู่บ้านประสบปัญหาน้ำท่วมในฤดูฝนและขาดแคลนน้ำในฤดูแล้ง ประชาชนได้รับความเดือดร้อนต่อเนื่อง"
    "มาหลายปี จึงจำเป็นต้องดำเนินการแก้ไขโดยเร็ว "
)


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Order the book, let the worker make it, and look at the memory of everything several times a second."""
    installation.database()
    version = fill(sizes.book_projects)
    settings.BOOKS_DIR = installation.folder.path / "books"
    book = order_book(version, by=None)
    began = perf_counter()
    worker = subprocess.Popen([sys.executable, "-m", "prasan.cli.main", "worker"])
    try:
        at_rest, highest, parts = _watched(book, worker)
        ours, busy = perf_counter() - began, _busy(worker.pid)
    finally:
        worker.terminate()
        worker.wait(60)
    book = PlanBook.objects.get(pk=book.pk)
    if book.finished_at is None:
        raise RuntimeError("the book was not made")
    if book.pages < 2 * sizes.book_projects:
        raise RuntimeError(f"{book.projects} projects on {book.pages} pages: two each were meant")
    yield Figure(
        "plan-book",
        ours,
        _one_by_one(version, sizes) * sizes.book_projects,
        remark=f"{book.projects:,} projects on {book.pages:,} pages, PDF {book.size / 1e6:.0f} MB, "
        f"XLSX {book.list_size / 1e6:.1f} MB; {busy:.0f} s of processors; start of the worker included; "
        f"the reference was measured on {sizes.book_reference} forms and scaled, and is neither bound nor "
        "written as XLSX",
    )
    yield Figure("plan-book-memory", highest, remark=f"{parts}; before the book was begun {at_rest:.0f} MB")


def fill(projects: int) -> PlanVersion:
    """A draft of a five-year plan with so many projects, each of two pages, under five issues."""
    committee = Committee.objects.select_related("area").filter(kind=Committee.Kind.PROVINCE).first()
    if committee is None:
        raise RuntimeError("no province of the demonstration has a committee")
    province = committee.area
    years = {"first_year": FIRST_YEAR, "last_year": FIRST_YEAR + 4}
    version = open_plan(Plan.Kind.FIVE_YEAR, province, **years, by=None)
    issues = StrategicIssue.objects.bulk_create(
        StrategicIssue(area=province, number=number, name_th=f"ประเด็นการพัฒนาที่ {number}", **years)
        for number in range(1, ISSUES + 1)
    )
    areas = list(Area.objects.filter(level=Level.TAMBON, path__startswith=province.path)) or [province]
    sector = Sector.objects.order_by("pk").first()
    resolution = _resolution(committee)
    for first in range(1, projects + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, projects + 1))
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
            proposals = Proposal.objects.bulk_create(
                Proposal(
                    area=areas[number % len(areas)],
                    state="included",
                    sector=sector,
                    name=f"โครงการขุดลอกและปรับปรุงแหล่งน้ำสาธารณะแห่งที่ {number}",
                    rationale=WORDS * 6,
                    objective=WORDS * 2,
                    target_words=WORDS,
                    output=WORDS,
                    outcome=WORDS,
                    operator="โครงการชลประทานจังหวัด",
                    main_programme="แผนงานบริหารจัดการน้ำ",
                    programme="แผนงานพัฒนาแหล่งน้ำ",
                    starts=date(2047, 10, 1),
                    ends=date(2050, 9, 30),
                    households=number % 400,
                    budget_asked=Decimal(100_000 * ACTIVITIES * YEARS),
                    fiscal_year=FIRST_YEAR,
                    doer="joint",
                    classified_in=resolution,
                    serves="issue",
                    issue=issues[number % ISSUES],
                )
                for number in numbers
            )
            _fill_rows(proposals)
            PlanItem.objects.bulk_create(
                PlanItem(
                    version=version,
                    proposal=proposal,
                    title=proposal.name,
                    amount=proposal.budget_asked,
                    priority=number,
                    sector=sector,
                    area=proposal.area,
                    placing=PlanItem.Placing.PROPOSAL,
                )
                for number, proposal in zip(numbers, proposals, strict=True)
            )
    with connection.cursor() as cursor:
        for table in ("proposal", "activity", "activitybudget", "indicator", "planitem"):
            cursor.execute(f"ANALYZE planning_{table}")
    return version


def _resolution(committee: Committee) -> Resolution:
    meeting = Meeting.objects.create(
        committee=committee, number=999, year=FIRST_YEAR, held_on=date(2047, 9, 1), quorum=1
    )
    return Resolution.objects.create(meeting=meeting, number=1, text="เห็นชอบ")


def _fill_rows(proposals: list[Proposal]) -> None:
    activities = Activity.objects.bulk_create(
        Activity(
            proposal=proposal,
            number=number,
            name=f"กิจกรรมที่ {number} ขุดลอกและปรับปรุงแหล่งน้ำ",
            responsible="องค์การบริหารส่วนตำบล",
            helpers="โครงการชลประทานจังหวัด",
        )
        for proposal in proposals
        for number in range(1, ACTIVITIES + 1)
    )
    ActivityBudget.objects.bulk_create(
        ActivityBudget(activity=activity, fiscal_year=FIRST_YEAR + year, amount=Decimal(100_000))
        for activity in activities
        for year in range(YEARS)
    )
    Indicator.objects.bulk_create(
        Indicator(proposal=proposal, number=number, name="ครัวเรือนที่มีน้ำใช้ตลอดปี", target="ร้อยละ 90")
        for proposal in proposals
        for number in range(1, INDICATORS + 1)
    )


def _watched(book: PlanBook, worker: subprocess.Popen[bytes]) -> tuple[float, float, str]:
    """What all processes held before the work and at its height, and how that was shared out."""
    deadline = time.monotonic() + PATIENCE
    at_rest, highest, parts = 0.0, 0.0, ""
    while time.monotonic() < deadline:
        if worker.poll() is not None:
            raise RuntimeError(f"the worker ended with {worker.returncode}")
        row = PlanBook.objects.get(pk=book.pk)
        held = _held(worker.pid)
        whole = sum(held.values())
        if not row.tries:
            at_rest = whole
        if whole > highest:
            highest, parts = whole, ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in held.items())
        if row.finished_at is not None:
            return at_rest, highest, parts
        if row.failed_at is not None:
            raise RuntimeError("the book could not be made")
        time.sleep(EVERY)
    raise RuntimeError("the book was not made in time")


def _held(worker: int) -> dict[str, float]:
    """The memory of the worker, of what it started, and of PostgreSQL."""
    below = tree(worker)
    named = {"worker": [worker], "its helpers": below[1:], "postgres": _postgres()}
    return {name: sum(_pss(pid) for pid in pids) for name, pids in named.items()}


def _pss(pid: int) -> float:
    with contextlib.suppress(OSError, RuntimeError):  # it may have ended meanwhile
        return pss_of(Path(f"/proc/{pid}"))
    return 0.0


def _postgres() -> list[int]:
    """The server of this installation and its processes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity")
        known = {row[0] for row in cursor.fetchall()}
    parents = {_parent(pid) for pid in known} - {0, 1}
    return sorted(pid for pid in all_pids() if pid in parents or _parent(pid) in parents)


def _busy(pid: int) -> float:
    """Seconds of processors that a process and those it has seen end have used."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def _parent(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _one_by_one(version: PlanVersion, sizes: Sizes) -> float:
    """Seconds for a form, where each is a document of its own set by the process that read it."""
    keys = version.items.order_by("priority").values_list("proposal", flat=True)[: sizes.book_reference]
    began = perf_counter()
    for key in keys:
        form_pdf(forms_of(Proposal.objects.filter(pk=key)))
    return (perf_counter() - began) / len(keys)
