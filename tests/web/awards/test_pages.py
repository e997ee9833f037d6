"""Pages of awards: everybody reads, officers enter and organise, judges score."""

import csv
import io
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.awards import actions
from prasan.awards.models import Edition, Entry, Judge, Panel, Presentation, Programme, ScoreSheet
from prasan.awards.queries import evidence_content, terms_of
from prasan.innovations.actions import add_evidence
from prasan.kernel.calendar import today
from prasan.web.awards.urls import urlpatterns
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.awards import (
    add_entry,
    close_window,
    make_announced,
    make_edition,
    make_judging,
    make_programme,
    score_all,
)
from tests.factories.innovations import make_innovation, make_owner

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
PUBLIC = {"list", "programme", "edition", "entry", "certificate", "check"}


def at(name, *args):
    return reverse(f"awards:{name}", args=args)


def address_of(pattern):
    values = {"pk": 1, "code": "open", "number": 1}
    return reverse(f"awards:{pattern.name}", kwargs={key: values[key] for key in pattern.pattern.converters})


def terms(**other):
    return {
        "year": "2569",
        "opens": today().isoformat(),
        "closes": (today() + timedelta(days=5)).isoformat(),
        "categories": "บริการ | service\nทั่วไป",
        "round_1": "รอบเดียว",
        "criteria_1": "new | เรื่องใหม่ | gate\nuse | ประโยชน์ | ๓ | 10",
        "places_distinguished": "2",
        "tie_1": "criterion",
        "tie_criterion": "use",
        "draw": "835492",
        "judges_wanted": "2",
        **other,
    }


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_stranger_is_asked_to_sign_in(client, pattern):
    answers = [client.get(address_of(pattern)), client.post(address_of(pattern))]

    asked = [answer.headers.get("Location", "").startswith("/accounts/login/") for answer in answers]
    assert all(asked) == (pattern.name not in PUBLIC)


def test_an_edition_goes_from_programme_to_results_through_pages(client):
    country = make_area()
    ministry = make_holder("ministry_officer", country)
    agency = make_agency(country, level="central", code="dgti")
    organiser = make_holder("agency_officer", country, agency=agency)
    client.force_login(ministry)
    client.post(at("programme-new"), {"code": "local", "name_th": "ท้องถิ่น", "organiser": "dgti"})
    programme = Programme.objects.get()
    client.force_login(organiser)
    client.post(
        at("rules-new", "local"),
        {"year_from": "2569", "source": "ประกาศ", "levels": ["provincial"], "in_window": "on"},
    )
    opened = client.get(at("edition-new", "local"), follow=True)
    key = opened.context["form"].initial["form_key"]
    for _twice in range(2):
        client.post(opened.request["PATH_INFO"], terms(form_key=key, rule_set=programme.rule_sets.get().pk))
    edition = Edition.objects.get()
    act = lambda code, **told: client.post(at("edition-act", edition.pk, code), told)  # noqa: E731
    act("open")

    owners = [make_owner(code) for code in ("32", "40", "45")]
    for owner in owners:
        innovation = make_innovation(owner, "registered")
        client.force_login(owner.writer)
        told = client.get(at("enter", edition.pk), follow=True)
        given = {
            "form_key": told.context["form"].initial["form_key"],
            "innovation": innovation.pk,
            "category": edition.categories.last().pk,
        }
        client.post(told.request["PATH_INFO"], given)
        entry = Entry.objects.get(innovation=innovation)
        client.post(at("entry-act", entry.pk, "submit"), {})
    client.force_login(organiser)
    close = Edition.objects.filter(pk=edition.pk)
    close.update(opens=today() - timedelta(days=1), closes=today() - timedelta(days=1))
    act("screen")
    for entry in Entry.objects.all():
        client.post(at("entry-act", entry.pk, "admit"), {"note": "ส่งทันเวลา"})
    client.post(at("panel-new", edition.pk), {"name": "คณะ"})
    for number in range(2):
        body = make_agency(country, level="central", code=f"body-{number}")
        person = make_holder("judge", country, agency=body)
        client.post(
            at("judge-new", edition.pk, Panel.objects.get().pk),
            {"person": person.username, "body": body.code, "least": "0", "most": "10"},
        )
    act("judge")
    client.post(at("assign", edition.pk))
    entry = Entry.objects.first()
    client.post(
        at("presentation-new", edition.pk),
        {"entry": entry.pk, "day": "1 ธ.ค. 2569", "begins": "9.30", "ends": "10.00", "place": "ห้อง 1"},
    )
    for judge in Judge.objects.all():
        client.force_login(judge.person)
        assert len(client.get(at("judging")).context["rows"]) == 3
        for sheet in judge.sheets.all():
            client.post(at("sheet", sheet.pk), {"mark_new": "1", "mark_use": "5"})
            sheet.refresh_from_db()
            assert sheet.state == "open"
            mark = str(9 - sheet.entry_id % 3)
            client.post(at("sheet", sheet.pk), {"mark_new": "1", "mark_use": mark, "hand_in": "1"})
    client.force_login(organiser)
    panels = client.get(at("panels", edition.pk)).content.decode()
    act("deliberate")
    counted = client.get(at("counts", edition.pk)).content.decode()
    csv = b"".join(client.get(at("counts", edition.pk), {"export": "csv"})).decode("utf-8-sig")
    act("decide", decided_on=today().isoformat(), minutes="ที่ประชุมเห็นชอบตามคะแนน")
    act("announce", announced_on=today().isoformat())
    client.post(at("ceremony", edition.pk), {"ceremony_on": (today() + timedelta(days=9)).isoformat()})
    client.logout()
    shown = client.get(at("edition", edition.pk)).content.decode()

    edition.refresh_from_db()
    assert (edition.state, edition.awards.count()) == ("announced", 2)
    assert edition.ceremony_on == today() + timedelta(days=9)
    assert "09:30" in panels or "9:30" in panels or "๙" in panels
    assert "27.00" in counted
    assert len(csv.strip().splitlines()) == 4
    assert shown.count("ดีเด่น") >= 2
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"handed_in"}
    assert Presentation.objects.get().ends - Presentation.objects.get().starts == timedelta(minutes=30)


def test_nobody_outside_sees_entries_scores_or_panels_before_the_announcement(client):
    contest = make_judging()
    score_all(contest)
    entry, sheet = contest.entries[0], ScoreSheet.objects.first()
    other = make_owner("57").writer
    judge = contest.judges[0].person
    own = ScoreSheet.objects.filter(judge=contest.judges[0]).first()
    foreign = ScoreSheet.objects.exclude(judge=contest.judges[0]).first()
    inside = ("entries", "panels", "counts", "terms", "ceremony", "minutes", "panel-new", "assign-one")

    found = {}
    for name, who in (("other", other), ("judge", judge)):
        client.force_login(who)
        pages = [at("entry", entry.pk), *(at(page, contest.edition.pk) for page in inside)]
        found[name] = {client.get(page).status_code for page in pages}
        found[name] |= {client.post(at("assign", contest.edition.pk)).status_code}
        found[name] |= {client.post(at("edition-act", contest.edition.pk, "deliberate")).status_code}
    client.force_login(judge)
    sheets = [client.get(at("sheet", each.pk)).status_code for each in (own, foreign)]
    forged = client.post(at("sheet", foreign.pk), {"mark_use": "10", "hand_in": "1"}).status_code
    taken = client.get(at("sheet-act", own.pk, "reopen")).status_code
    client.force_login(contest.organiser)
    read_only = client.post(at("sheet", sheet.pk), {"mark_use": "10"}).status_code

    assert found == {"other": {404}, "judge": {404}}
    assert (sheets, forged, taken, read_only) == ([200, 404], 404, 404, 404)


def test_judge_opens_the_files_of_his_entries_in_a_round_that_is_not_blind(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    contest = make_judging()
    judge = contest.judges[0]
    own = ScoreSheet.objects.filter(judge=judge).order_by("pk").first()
    foreign = ScoreSheet.objects.exclude(entry__in=judge.sheets.values("entry")).order_by("pk").first()
    proofs = []
    for sheet in (own, foreign):
        pdf = BytesIO(PDF)
        entry = sheet.entry
        proofs.append(add_evidence(entry.innovation, title="รายงาน", stream=pdf, name="r.pdf", by=None))
        entry.content = {**entry.content, "evidence": evidence_content(entry.innovation)}
        entry.save()
    later = add_evidence(
        own.entry.innovation, title="ภายหลัง", stream=BytesIO(PDF + b"\n%"), name="l.pdf", by=None
    )
    client.force_login(judge.person)

    page = client.get(at("sheet", own.pk)).content.decode()
    answers = [
        client.get(at("sheet-file", sheet.pk, proof.pk))
        for sheet, proof in zip((own, foreign, own, own), (*proofs, proofs[1], later), strict=True)
    ]
    read = b"".join(answers[0])

    assert at("sheet-file", own.pk, proofs[0].pk) in page
    assert "ภายหลัง" not in page
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404]
    assert read.startswith(b"%PDF")


def test_past_edition_is_read_by_everybody_with_both_figures(client):
    from prasan.innovations.actions import ensure_registers
    from tests.factories.innovations import make_provinces

    make_provinces()
    ensure_registers()
    actions.ensure_programmes()
    edition = Edition.objects.get(programme__code="local-digital")

    shown = client.get(at("edition", edition.pk)).content.decode()
    table = b"".join(client.get(at("edition", edition.pk), {"export": "csv"})).decode("utf-8-sig")
    programme = client.get(at("programme", "lert-rat")).content.decode()

    rows = list(csv.reader(io.StringIO(table)))[1:]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 46)]
    assert [row[6] for row in rows].count("ไม่ทราบ") == 38
    assert "ไม่ทราบ" in shown
    assert "ไม่ตรงกัน" not in shown
    assert "รางวัลเลิศรัฐยอดเยี่ยม" in programme


@pytest.mark.parametrize("runs", [True, False])
def test_edition_asks_the_database_no_more_with_three_entries_than_with_one(client, runs):
    counts = []
    for size in (1, 3):
        contest = make_announced(entries=size, judges=2)
        if runs:
            client.force_login(contest.organiser)
        client.get(at("edition", contest.edition.pk))
        with CaptureQueriesContext(connection) as found:
            shown = client.get(at("edition", contest.edition.pk)).content.decode()
        counts.append(len(found))
        assert shown.count(reverse("awards:entry", args=[contest.entries[-1].pk])) == 1

    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["list", "own", "entries", "judging", "panels"])
def test_page_asks_the_database_no_more_with_three_than_with_one(client, name):
    contest = make_judging(1, 2)
    viewer = {"judging": contest.judges[0].person, "own": contest.owners[0].writer}.get(
        name, contest.organiser
    )
    args = () if name in ("list", "own", "judging") else (contest.edition.pk,)
    client.force_login(viewer)

    def asked():
        client.get(at(name, *args))
        with CaptureQueriesContext(connection) as found:
            assert client.get(at(name, *args)).status_code == 200
        return len(found)

    first = asked()
    if name == "list":
        for _more in range(2):
            make_edition("open")
    else:
        Edition.objects.filter(pk=contest.edition.pk).update(state="open", closes=today())
        for _more in range(2):
            add_entry(contest, contest.owners[0])
        Edition.objects.filter(pk=contest.edition.pk).update(state="judging")
        close_window(contest)
        told = contest.edition.rounds.get()
        for entry in contest.entries[1:]:
            told.taking_part.create(entry=entry)
        actions.assign_judges(contest.fresh(), by=contest.organiser)

    assert asked() == first


@pytest.mark.parametrize(
    "wrong",
    [
        {"criteria_1": "use | ประโยชน์ | มาก | 10"},
        {"criteria_1": "use | ประโยชน์"},
        {"criteria_1": "use | ก | 1 | 5\nuse | ข | 1 | 5"},
        {"categories": "ก | nonsense"},
        {"closes": "1 ม.ค. 2560"},
        {"places_distinguished": "0"},
        {"judges_wanted": "0"},
    ],
)
def test_wrong_terms_come_back_with_what_was_typed(client, wrong):
    programme, organiser, _ministry = make_programme()
    client.force_login(organiser)
    opened = client.get(at("edition-new", programme.code), follow=True)

    answer = client.post(
        opened.request["PATH_INFO"],
        terms(form_key=opened.context["form"].initial["form_key"], theme_th="หัวข้อ", **wrong),
    )

    assert answer.status_code == 422
    assert "หัวข้อ" in answer.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "๚" * 300, "a\u200bb"])
def test_no_title_breaks_a_page(client, words):
    contest = make_edition("open")
    entry = add_entry(contest, title=words)
    client.force_login(contest.organiser)

    shown = client.get(at("entry", entry.pk)).content.decode()
    listed = client.get(at("entries", contest.edition.pk)).content.decode()

    assert "<script>alert" not in shown + listed


def test_officer_reads_from_which_day_his_innovation_may_enter(client, time_machine):
    time_machine.move_to("2026-08-01 12:00:00+07:00")
    programme, organiser, _ministry = make_programme()
    actions.write_rules(
        programme,
        2569,
        [actions.RuleWords("years_in_operation", {"years": 2})],
        by=organiser,
        source_th="หลักเกณฑ์",
    )
    owner = make_owner()
    innovation = make_innovation(owner, "registered", started_on=date(2024, 10, 1), finished_on=None)
    client.force_login(owner.writer)

    shown = client.get(at("outlook", innovation.pk)).content.decode()
    client.force_login(make_owner("57").writer)

    assert "1 ตุลาคม 2569" in shown
    assert client.get(at("outlook", innovation.pk)).status_code == 404


def test_terms_are_changed_until_the_edition_opens_and_the_form_shows_them_as_they_are(client):
    contest = make_edition()
    client.force_login(contest.organiser)
    page = at("terms", contest.edition.pk)
    before = terms_of(contest.edition)

    form = client.get(page).context["form"]
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    client.post(page, {name: value for name, value in sent.items() if value not in (None, "", False)})

    contest.fresh()
    assert terms_of(contest.edition) == before
    client.post(at("edition-act", contest.edition.pk, "open"), {})
    assert client.get(page).status_code == 404


def test_sheet_says_how_high_marks_go_and_that_they_are_needed_before_it_is_handed_in(client):
    contest = make_judging()
    sheet = ScoreSheet.objects.first()
    client.force_login(sheet.judge.person)

    words = client.get(at("sheet", sheet.pk)).content.decode()

    assert words.count("ให้คะแนนตั้งแต่ 0 ถึง 10") == 2
    assert words.count("(ต้องกรอกก่อนส่ง)") == 3
    assert contest.edition.rounds.get().criteria.count() == 3
