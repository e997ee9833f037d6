"""Pages of entries: returned and back again, as they were entered, and under which province they stand."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.accounts.models import User
from prasan.awards import actions
from prasan.awards.models import Edition, Programme
from prasan.innovations.actions import add_evidence
from prasan.kernel.calendar import today
from prasan.kernel.dates import format_date
from prasan.places.models import Area
from tests.factories.agencies import make_area
from tests.factories.awards import (
    add_entry,
    close_window,
    make_announced,
    make_edition,
    make_judging,
    score_all,
)
from tests.factories.innovations import make_innovation, make_owner

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def at(name, *args):
    return reverse(f"awards:{name}", args=args)


def test_list_of_returned_entries_asks_the_database_no_more_with_three_than_with_one(client):
    contest = make_edition("open")
    client.force_login(contest.organiser)
    counts = []
    for more in (1, 2):
        for _number in range(more):
            entry = add_entry(contest, state="submitted")
            actions.return_entry(entry, today(), by=contest.organiser, note="แนบรายงาน")
            actions.remind_of_entry(entry, by=contest.organiser)
        client.get(at("entries", contest.edition.pk))
        with CaptureQueriesContext(connection) as found:
            shown = client.get(at("entries", contest.edition.pk)).content.decode()
        counts.append(len(found))

    assert counts[0] == counts[1]
    assert all(at("entry-remind", each.pk) in shown for each in contest.entries)


def test_returned_entry_is_listed_for_the_organiser_and_waits_for_its_agency(client):
    contest = make_edition("open")
    entry = add_entry(contest, state="submitted")
    client.force_login(contest.organiser)
    day = format_date(today() + timedelta(days=7), "th")

    asked = client.get(at("entry-act", entry.pk, "return")).content.decode()
    words = {"note": "กรุณาระบุผู้สนับสนุน", "mend_by": (today() + timedelta(days=7)).isoformat()}
    done = client.post(at("entry-act", entry.pk, "return"), words, follow=True)
    listed = client.get(at("entries", contest.edition.pk)).content.decode()
    reminded = client.post(at("entry-remind", entry.pk), follow=True).content.decode()
    again = client.post(at("entry-remind", entry.pk), follow=True).content.decode()
    client.force_login(contest.owners[0].writer)
    work = client.get(reverse("shell:my")).content.decode()
    refused = client.post(at("entry-remind", entry.pk))
    client.post(at("entry-act", entry.pk, "submit"), {"note": ""})
    later = client.get(reverse("shell:my")).content.decode()

    assert 'name="mend_by"' in asked
    assert (done.status_code, done.redirect_chain[0][0]) == (200, at("entry", entry.pk))
    assert day in done.content.decode()
    assert "ส่งคืนให้แก้ไข ยังไม่ได้ส่งกลับมา" in listed
    assert "กรุณาระบุผู้สนับสนุน" in listed
    assert "ส่งจดหมายถึงผู้ส่งผลงานแล้ว" in reminded
    assert "เตือนหน่วยงานแล้วในวันนี้" in again
    assert at("entry", entry.pk) in work
    assert f"แก้ไขผลงานที่ส่งคืน แล้วส่งอีกครั้งภายในวันที่ {day}" in work
    assert refused.status_code == 404
    assert at("entry", entry.pk) not in later


def test_step_that_begins_judging_names_returned_entries_and_asks_to_mark_each(client):
    contest = make_edition("open")
    add_entry(contest)
    entry = add_entry(contest, state="submitted")
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    actions.return_entry(entry, today(), by=contest.organiser, note="แนบรายงาน")
    client.force_login(contest.organiser)
    page = at("edition-act", contest.edition.pk, "judge")

    asked = client.get(page).content.decode()
    unmarked = client.post(page, {"note": "ไม่ส่งกลับ"})
    wrong = client.post(page, {"without": [contest.entries[0].pk], "note": "ไม่ส่งกลับ"})
    unsaid = client.post(page, {"without": [entry.pk], "note": ""})
    begun = client.post(page, {"without": [entry.pk], "note": "ไม่ส่งกลับ"})
    shown = client.get(at("entry", entry.pk)).content.decode()

    assert f"{entry.number} · {entry.title} · {entry.owner}" in asked
    assert "(ไม่บังคับ)" not in asked
    assert wrong.status_code == 422
    assert (unmarked.status_code, unsaid.status_code, begun.status_code) == (422, 422, 302)
    assert "กรุณาเลือกให้ครบทุกผลงาน" in unmarked.content.decode()
    assert contest.fresh().state == "judging"
    assert "ไม่ได้แก้ไขส่งกลับทันเวลา" in shown


def test_organiser_reads_what_was_entered_and_opens_its_files_though_the_innovation_is_not_open(
    client, settings, tmp_path
):
    settings.FILES_DIR = tmp_path
    contest = make_edition("open")
    owner = make_owner()
    innovation = make_innovation(owner, rationale="น้ำท่วมซ้ำ")
    add_evidence(innovation, title="รายงานผล", stream=BytesIO(PDF), name="a.pdf", by=owner.writer)
    entry = actions.begin_entry(
        contest.edition, contest.edition.categories.get(), innovation, by=owner.writer
    )
    actions.submit_entry(entry, by=owner.writer)
    file = at("entry-file", entry.pk, innovation.evidence.get().pk)
    add_evidence(innovation, title="ส่งภายหลัง", address="https://example.go.th/", by=owner.writer)
    page, live = at("entry", entry.pk), reverse("innovations:innovation", args=[innovation.pk])

    client.force_login(contest.organiser)
    shown = client.get(page).content.decode()
    content = b"".join(client.get(file))
    client.force_login(owner.writer)
    own = client.get(page).content.decode()
    client.force_login(make_owner("57").writer)
    outside = [client.get(address).status_code for address in (page, file)]

    assert "น้ำท่วมซ้ำ" in shown
    assert "ส่งภายหลัง" not in shown
    assert (f'href="{file}"' in shown, content) == (True, PDF)
    assert (f'href="{live}"' in shown, f'href="{live}"' in own) == (False, True)
    assert outside == [404, 404]


def test_draft_that_was_withdrawn_is_not_listed(client):
    contest = make_edition("open")
    never, sent = add_entry(contest, state="draft"), add_entry(contest, state="submitted")
    for entry, owner in zip((never, sent), contest.owners, strict=True):
        actions.withdraw_entry(entry, by=owner.writer, note="ไม่พร้อม")
    client.force_login(contest.organiser)

    listed = client.get(at("entries", contest.edition.pk)).content.decode()

    assert (at("entry", never.pk) in listed, at("entry", sent.pk) in listed) == (False, True)


def test_innovation_of_a_tambon_stands_under_its_province_on_page_and_file(client):
    contest = make_announced(entries=1, judges=2)
    innovation = contest.entries[0].innovation
    tambon = make_area(f"{innovation.province}070401")
    type(innovation).objects.filter(pk=innovation.pk).update(area=tambon)
    province = Area.objects.get(pk=innovation.province)

    shown = client.get(at("edition", contest.edition.pk)).content.decode()
    file = b"".join(client.get(at("edition", contest.edition.pk), {"export": "csv"})).decode()

    assert f">{province.name_th}</td>" in shown
    assert f">{tambon.name_th}</td>" not in shown
    assert f',"{province.name_th}",' in file


def test_judge_is_asked_for_ties_only_where_he_can_still_state_them(client):
    contest = make_judging()
    judge = contest.judges[0]
    tie = at("seat-tie", judge.pk)
    client.force_login(judge.person)
    before = tie in client.get(at("judging")).content.decode()
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)

    after = tie in client.get(at("judging")).content.decode()

    assert (before, after, client.get(tie).status_code) == (True, False, 404)


def test_source_and_remark_in_thai_alone_are_shown_to_readers_of_english(client):
    contest = make_announced(entries=1, judges=2)
    Programme.objects.update(source_th="ประกาศของสำนักงาน")
    Edition.objects.update(remark_th="จัดร่วมกับจังหวัด")
    User.objects.filter(pk=contest.organiser.pk).update(language="en")
    client.force_login(contest.organiser)

    shown = [
        client.get(address).content.decode()
        for address in (at("programme", contest.programme.code), at("edition", contest.edition.pk))
    ]

    assert "ประกาศของสำนักงาน" in shown[0]
    assert "จัดร่วมกับจังหวัด" in shown[1]


def test_nobody_outside_is_shown_a_step_of_an_announced_entry(client):
    contest = make_announced(entries=1, judges=2)
    client.force_login(make_owner("57").writer)
    page = at("entry-act", contest.entries[0].pk, "refuse")

    assert [client.get(page).status_code, client.post(page, {"note": ""}).status_code] == [404, 404]
