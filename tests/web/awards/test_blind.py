"""Over all entries of the contest of 2564: nothing that judges see in a blind round says whose they are."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from prasan.awards import actions
from prasan.awards.models import ScoreSheet
from prasan.awards.queries.checks import kind_by_name
from prasan.innovations.actions import ensure_registers
from prasan.innovations.models import Innovation, Register
from prasan.kernel.local_government_names import local_government_title
from prasan.places.models import LocalGovernment
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.awards import Contest, close_window, make_programme, words
from tests.factories.innovations import make_provinces
from tests.factories.notices import tell_all
from tests.factories.places import make_local_government

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROMANISED = ("bannoi", "patong", "pangmu", "bang-pla", "bangpla", "101", "phuket")
ELSEWHERE = "ห้วยแปลกหู"
"""A municipality in which each of them is carried out too."""
TOKEN = re.compile('name="csrfmiddlewaretoken" value="[^"]*"')
"""Letters by chance, among which those of a short name may stand."""


def bare(owner):
    return owner.name_th.removeprefix(local_government_title(kind_by_name(owner.name_th)))


def identities(innovation):
    owner, area = innovation.owner, innovation.area
    english = re.sub(r" (City|Town|Subdistrict|Provincial) .*", "", owner.name_en).lower()
    return {owner.name_th, bare(owner), area.name_th, area.name_en.lower(), english, ELSEWHERE}


def tell_too_much(innovation):
    """Write everything that gives it away into its texts, in the ways in which people write it."""
    owner, area, kind = innovation.owner, innovation.area, kind_by_name(innovation.owner.name_th)
    innovation.pain_point = (
        f"{owner.name_th} {kind}{bare(owner)} {kind} {bare(owner)} {kind.rstrip('.')} {bare(owner)}\n"
        f"จ.{area.name_th} จังหวัด{area.name_th} {area.name_en} {area.name_en.upper()} {owner.name_en} "
        f"ชาว{area.name_th}และ{bare(owner)}ใช้ได้ผล ชาว{ELSEWHERE}ก็ใช้"
    )
    innovation.save()
    innovation.areas.create(area_id="40", local_government=LocalGovernment.objects.get())
    innovation.evidence.create(
        title=f"รายงานของ {kind}{bare(owner)} จังหวัด{area.name_th}.pdf", address="https://x.go.th/"
    )


def blind_contest():
    make_provinces()
    ensure_registers()
    programme, organiser, ministry = make_programme()
    told = words(judges_wanted=1)
    edition = actions.begin_edition(
        programme, replace(told, rounds=[replace(told.rounds[0], is_blind=True)]), by=organiser
    )
    edition = actions.open_edition(edition, by=organiser)
    contest = Contest(programme, organiser, ministry, edition)
    make_local_government("4001", ELSEWHERE)
    register = Register.objects.get(code="local-digital-2564")
    for innovation in Innovation.objects.filter(entries__register=register).order_by("entries__number"):
        tell_too_much(innovation)
        entry = actions.begin_entry(edition, edition.categories.get(), innovation, by=None)
        entry = actions.submit_entry(entry, by=None)
        contest.entries.append(actions.admit_entry(entry, by=None, note="รับ"))
        if entry.number % 2:
            innovation.areas.all().delete()  # what was entered names them all the same
    close_window(contest)
    actions.begin_screening(edition, by=organiser)
    panel = actions.make_panel(edition, "คณะ", by=organiser)
    body = make_agency(make_area(), level="central")
    judge = make_holder("judge", make_area(), agency=body)
    contest.judges.append(actions.seat_judge(panel, judge, body=body, by=organiser))
    actions.begin_judging(edition, by=organiser)
    actions.assign_judges(edition, by=organiser)
    return contest


def test_blind_round_gives_no_identity_away(client):
    contest = blind_contest()
    judge = contest.judges[0].person
    client.force_login(judge)
    sheets = list(ScoreSheet.objects.select_related("entry__innovation__owner", "entry__innovation__area"))
    first = sheets[0]
    criteria = {"mark_new": "1", "mark_use": "5", "mark_copy": "5"}

    said = {}
    for sheet in sheets:
        address = reverse("awards:sheet", args=[sheet.pk])
        tie = client.get(reverse("awards:sheet-tie", args=[sheet.pk]))
        refused = client.post(address, {"mark_use": "99", "hand_in": "1"})
        said[sheet.pk] = "".join(
            answer.content.decode() for answer in (client.get(address), refused, tie)
        ).lower()
    handed_in = client.post(
        reverse("awards:sheet", args=[first.pk]), {**criteria, "hand_in": "1"}, follow=True
    )
    lists = []
    for page in (reverse("awards:judging"), reverse("shell:my"), reverse("awards:list")):
        answer = client.get(page, follow=True)
        lists.append(answer.content.decode().lower())
        while match := re.search(r'href="(\?after=\d+)"', answer.content.decode()):
            answer = client.get(page + match[1])
            lists.append(answer.content.decode().lower())
    for kind in ("csv", "xlsx"):
        file = client.get(reverse("awards:judging"), {"export": kind})
        written = b"".join(file)
        lists.append(file.headers["Content-Disposition"].lower())
        if kind == "csv":
            lists.append(written.decode("utf-8-sig").lower())
        else:
            with ZipFile(BytesIO(written)) as book:
                told = [name for name in book.namelist() if "theme" not in name]  # which lists typefaces
                lists += [book.read(name).decode().lower() for name in told]
    lists.append(handed_in.content.decode().lower())
    letters = [each for each in tell_all() if each.person == judge]
    lists += [f"{each.title} {each.words}".lower() for each in letters]

    assert (len(sheets), len(letters)) == (45, 1)
    everything = "\n".join(lists)
    for sheet in sheets:
        innovation = sheet.entry.innovation
        for text in (said[sheet.pk], everything):
            shown = re.sub(r"\s+", " ", TOKEN.sub("", text))
            assert [name for name in identities(innovation) if name in shown] == []
            assert [name for name in ROMANISED if re.search(rf"\b{name}\b", strip(shown))] == []
            assert f"/entries/{sheet.entry_id}/" not in text
            assert f"/innovations/{innovation.pk}/" not in text
            assert "x.go.th" not in text
        assert client.get(reverse("awards:entry", args=[sheet.entry_id])).status_code == 404
        proof = innovation.evidence.get()
        assert client.get(reverse("awards:sheet-file", args=[sheet.pk, proof.pk])).status_code == 404
    assert Decimal(5) == ScoreSheet.objects.get(pk=first.pk).scores.get(criterion__code="use").value


def strip(html):
    """Words of a page without the values of its tags, in which random keys stand."""
    return re.sub(r"<[^>]*>", " ", html)
