"""Certificates on the site: given once results are announced, found genuine by anybody, forged by nobody."""

import io
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from django.urls import reverse

from prasan.awards.models import Edition, Entry
from prasan.awards.queries.certificates import certificate_of, certificates_of
from prasan.cli.main import main
from prasan.ledger.keys import make_signing_key, public_key, words_of
from tests.factories.awards import make_announced, make_decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _key(settings, tmp_path):
    settings.LEDGER_KEY = tmp_path / "ledger.pem"
    make_signing_key()


def edition_of(contest):
    return Edition.objects.get(pk=contest.edition.pk)


def code_on(entry):
    address = certificate_of(entry.edition, entry).paper.address
    return parse_qs(urlsplit(address).query)["code"][0]


def test_winner_and_entrant_get_their_certificates_and_all_come_as_one_file(client):
    contest = make_announced()
    won = Entry.objects.filter(edition=contest.edition, state="awarded").first()
    client.force_login(contest.organiser)

    one = client.get(reverse("awards:certificate", args=[won.pk]))
    address = reverse("awards:certificates", args=[contest.edition.pk])
    whole = ZipFile(io.BytesIO(b"".join(client.get(address))))
    winners = ZipFile(io.BytesIO(b"".join(client.get(address, {"of": "winners"}))))

    assert one.content.startswith(b"%PDF")
    assert one["Content-Disposition"].endswith('.pdf"')
    entries = Entry.objects.filter(edition=contest.edition, state__in=("awarded", "not_awarded"))
    assert len(whole.namelist()) == entries.count() == len(set(whole.namelist()))
    assert len(winners.namelist()) == entries.filter(state="awarded").count()
    assert {name.split("/")[0] for name in winners.namelist()} == {"winners"}
    assert set(winners.namelist()) <= set(whole.namelist())
    assert all(whole.read(name).startswith(b"%PDF") for name in whole.namelist())


def test_nobody_has_a_certificate_before_the_announcement_nor_the_file_who_does_not_organise(client):
    decided, announced = make_decided(), make_announced()
    early = Entry.objects.filter(edition=decided.edition).first()
    client.force_login(decided.organiser)
    before = client.get(reverse("awards:certificate", args=[early.pk])).status_code
    own = client.get(reverse("awards:certificates", args=[decided.edition.pk])).status_code
    others = client.get(reverse("awards:certificates", args=[announced.edition.pk])).status_code

    assert (before, own, others) == (404, 404, 404)
    assert list(certificates_of(edition_of(decided), winners_only=False)) == []


def test_anybody_finds_a_certificate_genuine_and_a_forged_one_false(client, capsys):
    contest = make_announced()
    entry = Entry.objects.filter(edition=contest.edition, state="awarded").select_related("edition").first()
    code = code_on(entry)
    check = reverse("awards:check")

    genuine = client.get(check, {"code": code})
    forged = client.get(check, {"code": code[:-2] + ("AA" if code[-2:] != "AA" else "BB")})
    nonsense = client.get(check, {"code": "<script>alert(1)</script>"})
    key = words_of(public_key())

    assert genuine.context["facts"].title == entry.title
    assert (forged.context["facts"], forged.context["is_false"]) == (None, True)
    assert "<script>alert" not in nonsense.content.decode()
    assert key in genuine.content.decode()
    assert main(["awards", "check", code, "--key", key]) == 0
    assert entry.title in capsys.readouterr().out
    assert main(["awards", "check", code, "--key", "00" * 32]) == 1
