"""Pages of innovations: the gallery for everybody, writing for officers, judging for the ministry."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.innovations.actions import ensure_registers
from prasan.innovations.models import Innovation, RegisterEntry
from prasan.places.models import Area, AreaCount
from prasan.web.innovations.urls import urlpatterns
from tests.factories.agencies import make_agency
from tests.factories.awards import make_announced, make_decided
from tests.factories.innovations import (
    TOLD,
    appraise,
    make_adoption,
    make_innovation,
    make_owner,
    make_provinces,
)

pytestmark = pytest.mark.django_db

PUBLIC = {
    "gallery",
    "map",
    "registers",
    "criteria",
    "register",
    "innovation",
    "evidence-file",
    "cookbook",
    "cookbook-paper",
    "cookbook-changes",
    "cookbook-file",
    "spread",
}
GALLERY, MAP = reverse("innovations:gallery"), reverse("innovations:map")


def page_of(innovation):
    return reverse("innovations:innovation", args=[innovation.pk])


def address_of(pattern):
    values = {"pk": 1, "code": "propose", "number": 1, "kind": "pdf"}
    return reverse(
        f"innovations:{pattern.name}", kwargs={key: values[key] for key in pattern.pattern.converters}
    )


def status_of(client, address):
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer)  # closes the file
    return answer.status_code


def given(**other):
    return {
        "title": "ตู้จ่ายยาอัตโนมัติ",
        "kind": "service",
        "fiscal_year": "2568",
        "finished_on": "30 มิ.ย. 2568",
        "aspects": ["technology"],
        "ways": ["process", "things"],
        **other,
    }


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_stranger_is_asked_to_sign_in(client, pattern):
    answers = [client.get(address_of(pattern)), client.post(address_of(pattern))]

    asked = [answer.headers.get("Location", "").startswith("/accounts/login/") for answer in answers]
    assert all(asked) == (pattern.name not in PUBLIC)


def test_officer_tells_of_one_proposes_it_and_the_ministry_registers_it(client):
    owner = make_owner()
    client.force_login(owner.writer)

    opened = client.get(reverse("innovations:new"), follow=True)
    key = opened.context["form"].initial["form_key"]
    for _twice in range(2):
        client.post(opened.request["PATH_INFO"], given(owner=owner.agency.pk, form_key=key))
    innovation = Innovation.objects.get()
    client.post(
        reverse("innovations:measure-new", args=[innovation.pk]),
        {
            "name": "เวลารอ",
            "unit": "นาที",
            "base_value": "๙๐",
            "base_year": "๒๕๖๖",
            "value": "12",
            "source": "รายงาน",
        },
    )
    client.post(reverse("innovations:evidence-new", args=[innovation.pk]), {"title": "รายงานประจำปี"})
    act = reverse("innovations:act", args=[innovation.pk, "propose"])
    refused = client.post(act, {"note": ""})
    client.post(act, {"note": "จะส่งเนื้อหาเพิ่ม"})
    client.force_login(owner.ministry)
    waiting = client.get(reverse("innovations:own"))
    appraise(innovation, by=owner.ministry)
    client.post(reverse("innovations:act", args=[innovation.pk, "register"]), {"note": ""})
    client.logout()
    shown = client.get(page_of(innovation)).content.decode()

    innovation.refresh_from_db()
    assert refused.status_code == 422
    assert [each.pk for each in waiting.context["frame"].rows] == [innovation.pk]
    assert (innovation.state, innovation.ways) == ("registered", ["process", "things"])
    assert "−86.7 %" in shown
    assert "รายงานประจำปี" in shown


def test_stranger_finds_neither_draft_nor_its_file_nor_versions(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    owner, other = make_owner(), make_owner("40")
    draft, registered = make_innovation(owner), make_innovation(owner, "registered")
    client.force_login(owner.writer)
    pdf = SimpleUploadedFile(
        "r.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    for innovation in (draft, registered):
        pdf.seek(0)
        client.post(
            reverse("innovations:evidence-new", args=[innovation.pk]), {"title": "รายงาน", "file": pdf}
        )
    files = [
        reverse("innovations:evidence-file", args=[each.pk, each.evidence.exclude(file=None).get().pk])
        for each in (draft, registered)
    ]
    own = [status_of(client, address) for address in files]
    client.force_login(other.writer)

    shown = client.get(page_of(registered)).content.decode()
    answers = [status_of(client, address) for address in (page_of(draft), page_of(registered), *files)]
    forged = [
        client.post(reverse(f"innovations:{name}", args=[registered.pk, *more]), given()).status_code
        for name, more in (
            ("edit", ()),
            ("measure-new", ()),
            ("measure-remove", (registered.measures.get().pk,)),
            ("evidence-new", ()),
            ("act", ("propose",)),
        )
    ]

    assert own == [200, 200]
    assert answers == [404, 200, 404, 200]
    assert "ฉบับที่" not in shown
    assert forged == [404, 404, 404, 404, 422]
    registered.refresh_from_db()
    assert (registered.title, registered.measures.count()) == (TOLD.title, 1)


def test_gallery_is_narrowed_by_each_question(client):
    make_provinces()
    ensure_registers()

    def found(**asked):
        answer = client.get(GALLERY, asked)
        return answer.context["frame"].count

    everything = 47 + 45 + 4 + 8
    assert found() == everything
    assert found(kind="unknown") == everything
    assert found(kind="service") == 0
    assert found(register="innovation-base-2562") == found(year="2562", score="") - 8 == 47
    assert found(score="95") == 17
    assert (found(award="distinguished"), found(award="winner")) == (7, 1)
    assert found(province="57") == 6
    assert found(cluster="C13") > 0
    assert found(q="สารบรรณ") == 4
    assert found(q="Surin") > 0
    assert found(way="e_service") == 2
    assert found(kind="nonsense", score="x", year="1") == everything


def test_award_of_an_announced_edition_stands_in_the_gallery_and_none_before(client):
    decided = make_decided()
    before = [won for _innovation, _areas, _entries, won in client.get(GALLERY).context["rows"]]
    announced = make_announced()
    won = announced.edition.awards.filter(level="distinguished").first().entry.innovation

    found = client.get(GALLERY, {"award": "distinguished"})

    assert before != []
    assert not any(before)
    assert won.pk in [innovation.pk for innovation, _areas, _entries, _won in found.context["rows"]]
    assert str(announced.edition.programme) in found.content.decode()
    assert str(announced.edition.programme) in client.get(page_of(won)).content.decode()
    hidden = decided.edition.awards.first().entry.innovation
    assert f"/awards/editions/{decided.edition.pk}/" not in client.get(page_of(hidden)).content.decode()


def test_map_counts_what_the_list_shows(client):
    make_provinces()
    ensure_registers()

    for asked in ({}, {"award": "distinguished"}, {"q": "สารบรรณ"}, {"cluster": "C13"}):
        shown = {area.code: number for area, number, *_more in client.get(MAP, asked).context["rows"]}
        listed = {
            code: client.get(GALLERY, {**asked, "province": code}).context["frame"].count for code in shown
        }
        assert shown == listed
        assert 0 < len(shown) < 77
    assert client.get(MAP, {"q": "ไม่มีคำนี้แน่นอน"}).context["rows"] == []


def test_gallery_goes_home_as_a_table(client):
    make_provinces()
    ensure_registers()

    written = b"".join(client.get(GALLERY, {"export": "csv", "province": "57"})).decode("utf-8-sig")

    assert len(written.strip().splitlines()) == 7
    assert "อบต.รอบเวียง" not in written
    assert "องค์การบริหารส่วนตำบลรอบเวียง" in written


def test_register_shows_printed_and_computed_figures_apart(client):
    make_provinces()
    ensure_registers()
    RegisterEntry.objects.filter(register__code="local-digital-2564", number=45).delete()

    shown = client.get(reverse("innovations:register", args=["local-digital-2564"])).content.decode()
    table = b"".join(
        client.get(reverse("innovations:register", args=["innovation-base-2562"]), {"export": "csv"})
    ).decode("utf-8-sig")

    assert shown.count("ไม่ตรงกัน") == 3
    assert "ไม่ทราบ" in shown
    assert [line.split(",")[0] for line in table.strip().splitlines()[1:]] == [str(n) for n in range(1, 48)]


@pytest.mark.parametrize("name", ["gallery", "own"])
def test_list_asks_the_database_no_more_with_three_than_with_one(client, name):
    owner = make_owner()
    client.force_login(owner.writer)
    counts = []
    for _more in range(3):
        make_innovation(owner, "registered")
        if len(counts) < 1 or Innovation.objects.count() == 3:
            client.get(reverse(f"innovations:{name}"))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(reverse(f"innovations:{name}"))
            counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_was_typed_stays_when_something_is_wrong(client):
    owner = make_owner()
    client.force_login(owner.writer)
    opened = client.get(reverse("innovations:new"), follow=True)
    key = opened.context["form"].initial["form_key"]

    answer = client.post(
        opened.request["PATH_INFO"],
        given(owner=owner.agency.pk, form_key=key, started_on="1 ก.ค. 2568", rationale="เหตุผล"),
    )

    assert answer.status_code == 422
    assert "เหตุผล" in answer.content.decode()
    assert not Innovation.objects.exists()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "๚" * 300, "a\u200bb"])
def test_no_title_breaks_a_page(client, words):
    owner = make_owner()
    innovation = make_innovation(owner, "registered", title=words)

    shown = client.get(page_of(innovation)).content.decode()

    assert "<script>alert" not in shown
    assert client.get(GALLERY, {"q": words}).status_code == 200


def test_unknown_facts_stand_together_in_one_line(client):
    make_provinces()
    ensure_registers()
    listed = RegisterEntry.objects.filter(register__code="innovation-base-2562").first().innovation
    told = make_innovation(make_owner("40"), "registered")

    bare, full = (client.get(page_of(each)) for each in (listed, told))

    unknown = bare.context["unknown"]
    assert f"ไม่ทราบ: {', '.join(unknown)}" in bare.content.decode()
    assert (len(unknown), [words for _label, words in bare.context["facts"]]) == (
        5,
        [listed.area.full_name, "2562"],
    )
    assert "<dd>ไม่ทราบ</dd>" not in bare.content.decode()
    assert (full.context["unknown"], len(full.context["facts"])) == ([], 7)
    assert "ไม่ทราบ:" not in full.content.decode()


def test_provinces_like_ones_own_that_did_it_stand_with_the_reason_the_likest_first(client):
    make_provinces()
    Area.objects.filter(level=1).update(cluster=None)
    Area.objects.filter(pk__in=("32", "31")).update(cluster="C13")
    for code, villages in (("32", 2000), ("31", 2000), ("40", 1900), ("41", 1600), ("45", 4000)):
        AreaCount.objects.create(area_id=code, villages=villages)
    reader, home = make_owner("32"), make_owner("41")
    innovation = make_innovation(home, "registered")
    near, far = (make_innovation(make_owner(code), "registered") for code in ("31", "45"))
    make_adoption(innovation, make_agency("40"), "pilot")
    make_adoption(innovation, make_agency("40"))
    client.force_login(reader.writer)

    page = client.get(page_of(innovation))
    done = page.context["beside"].done_by
    shown = page.content.decode()
    client.logout()
    public = client.get(page_of(innovation)).content.decode()

    assert [(each.province.pk, each.innovations, each.users) for each in done] == [
        ("31", [near], 0),
        ("40", [], 1),
        ("41", [innovation], 0),
    ]
    assert "จังหวัดที่คล้ายกับจังหวัดของท่าน" in shown
    assert "จำนวนหมู่บ้านใกล้เคียงกัน: 1,900 ของท่าน 2,000" in shown
    assert far.pk in [each.innovation.pk for each in page.context["beside"].alike]
    assert "จังหวัดที่คล้ายกับจังหวัดของท่าน" not in public


def test_figures_stand_without_noughts_that_columns_keep(client):
    innovation = make_innovation(make_owner(), "registered")

    shown = client.get(reverse("innovations:innovation", args=[innovation.pk])).content.decode()

    assert "90.0000" not in shown
    assert "90 <span" in shown
