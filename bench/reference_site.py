"""Every address of Prasan, and three plain pages as any Django site has them: signed in, with little to do.

One shows twenty rows of one query; two write the rows of a need that is handed in and of a complaint that is
taken in, without asking anything.
"""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from prasan.agencies.models import Call
from prasan.complaints.models import Complaint, Reading
from prasan.complaints.receipts import receipt_of
from prasan.kernel.calendar import buddhist_year, today
from prasan.ledger.actions import TELL
from prasan.ledger.models import Entry
from prasan.places.models import Area
from prasan.planning.models import Need
from prasan.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PLAIN = "bench/plain/"
NEED = "bench/need/"
COMPLAINT = "bench/complaint/"
JOBS = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
SELECT 'ledger', %s, jsonb_build_object('entry_id', entry) FROM unnest(%s::bigint[]) AS entry
"""


@login_required
def plain(request: HttpRequest) -> HttpResponse:
    """Twenty areas in a table."""
    areas = Area.objects.filter(level=3).order_by("code")[:20]
    return render(request, "bench/plain_page.html", {"areas": areas})


@login_required
@require_POST
@transaction.atomic
def plain_need(request: HttpRequest) -> HttpResponse:
    """A need with the two entries and the two jobs of telling and entering it, in three statements."""
    told = request.POST
    need = Need.objects.create(
        area_id=told["area"],
        sector_id=told["sector"],
        title=told["title"],
        description=told["description"],
        households=int(told["households"]),
        latitude=float(told["point_latitude"]),
        longitude=float(told["point_longitude"]),
        search_key=told["title"] + told["description"],
        form_key=told["form_key"],
        state="entered",
        call_id=_call(),
        created_by_id=request.user.pk,
    )
    entries = Entry.objects.bulk_create(
        Entry(
            at=timezone.now(),
            kind=f"planning.need.{act}",
            subject_kind="planning.need",
            subject_id=str(need.pk),
            actor_id=request.user.pk,
            before=before,
            after=after,
        )
        for act, before, after in (
            ("begin", {}, {"state": "draft", "area": need.area_id, "sector": need.sector_id}),
            ("enter", {"state": "draft"}, {"state": "entered"}),
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(JOBS, [TELL, [entry.pk for entry in entries]])
    return redirect("planning:need", need.pk)


@login_required
@require_POST
@transaction.atomic
def plain_complaint(request: HttpRequest) -> HttpResponse:
    """A complaint with its reading, the entry and the job of taking it in, in few statements."""
    told = request.POST
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('complaints_serial')")
        receipt = receipt_of(buddhist_year(today()), cursor.fetchone()[0])
    complaint = Complaint.objects.create(
        area_id=told["area"],
        kind_id=told["kind"],
        words=told["words"],
        channel=told["channel"],
        manner=told["manner"],
        receipt=receipt,
        secret_digest="0" * 64,
        search_key=told["words"],
        form_key=told["form_key"],
        state="received",
        due_on=today(),
        end_by=today(),
        created_by_id=request.user.pk,
    )
    Reading.objects.create(complaint=complaint, version=1, packed=told["words"].encode())
    entry = Entry.objects.create(
        at=timezone.now(),
        kind="complaints.complaint.begin",
        subject_kind="complaints.complaint",
        subject_id=str(complaint.pk),
        actor_id=request.user.pk,
        before={},
        after={"state": "received", "area": complaint.area_id, "kind": complaint.kind_id},
    )
    with connection.cursor() as cursor:
        cursor.execute(JOBS, [TELL, [entry.pk]])
    context = {"complaint": complaint, "secret": "0000 0000 0000"}
    return render(request, "complaints/receipt_page.html", context)


@cache
def _call() -> int | None:
    """Some call; which one makes no difference to the inserting."""
    return Call.objects.values_list("pk", flat=True).first()


urlpatterns = [
    path(PLAIN, plain),
    path(NEED, plain_need),
    path(COMPLAINT, plain_complaint),
    path("", include("prasan.web.urls")),
]
