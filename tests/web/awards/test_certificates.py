"""Certificates on the site: given once results are announced, found genuine by anybody, forged by nobody."""

import io
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from django.urls import reverse

from prasan.accounts.models import User
from prasan.awards import actions
from prasan.awards.models import CertificateSet, Edition, Entry
from prasan.awards.queries.certificates import certificate_of, certificates_of
from prasan.cli.main import main
from prasan.kernel.calendar import today
from prasan.ledger.keys import make_signing_key, public_key, words_of
from tests.factories.awards import make_announced, make_decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _key(settings, tmp_path):
    settings.LEDGER_KEY = tmp_path / "ledger.pem"
    settings.CERTIFICATES_DIR = tmp_path / "certificates"
    make_signing_key()


def edition_of(contest):
    return Edition.objects.get(pk=contest.edition.pk)


def code_on(entry):
    address = certificate_of(entry.edition, entry).paper.address
    return parse_qs(urlsplit(address).query)["code"][0]


def made_of(contest, *, winners_only=False):
    found = actions.order_certificates(contest.edition, winners_only=winners_only, by=contest.organiser)
    actions.make_certificates(found.pk, should_stop=lambda: False)


def test_organiser_has_the_file_made_sees_how_far_it_is_and_takes_it_home(client):
    contest = make_announced()
    won = Entry.objects.filter(edition=contest.edition, state="awarded").first()
    page, order, part, file = (
        reverse(f"awards:{name}", args=[contest.edition.pk])
        for name in ("edition", "certificates-order", "certificates-part", "certificates")
    )
    client.force_login(contest.organiser)

    one = client.get(reverse("awards:certificate", args=[won.pk]))
    before = client.get(page).content.decode()
    early = client.get(file).status_code
    for _twice in range(2):
        client.post(order)
    found = CertificateSet.objects.get()
    CertificateSet.objects.update(done=3)
    under_way = client.get(part, headers={"HX-Request": "true"}).content.decode()
    whole_page = client.get(part)
    actions.make_certificates(found.pk, should_stop=lambda: False)
    after = client.get(page).content.decode()
    answer = client.get(file)
    whole = ZipFile(io.BytesIO(b"".join(answer)))
    made_of(contest, winners_only=True)
    winners = ZipFile(io.BytesIO(b"".join(client.get(file, {"of": "winners"}))))

    assert one.content.startswith(b"%PDF")
    assert one["Content-Disposition"].endswith('.pdf"')
    assert (early, before.count(f'action="{order}"'), f'href="{file}"' in before) == (404, 2, False)
    assert "เสร็จแล้ว 3 จาก 4 ฉบับ" in under_way
    assert under_way.count(f'action="{order}"') == 1
    assert "hx-trigger" in under_way
    assert whole_page.url == page
    assert f'href="{file}"' in after
    assert (answer["Content-Type"], answer["Content-Disposition"].split("filename=")[1]) == (
        "application/zip",
        f'"certificates-{contest.programme.code}-2569-all.zip"',
    )
    entries = Entry.objects.filter(edition=contest.edition, state__in=("awarded", "not_awarded"))
    assert len(whole.namelist()) == entries.count() == len(set(whole.namelist()))
    assert len(winners.namelist()) == entries.filter(state="awarded").count()
    assert {name.split("/")[0] for name in winners.namelist()} == {"winners"}
    assert set(winners.namelist()) <= set(whole.namelist())
    assert all(whole.read(name).startswith(b"%PDF") for name in whole.namelist())


def test_file_that_is_being_made_is_given_up_by_the_organiser_alone(client):
    contest = make_announced()
    page, order = (
        reverse(f"awards:{name}", args=[contest.edition.pk]) for name in ("edition", "certificates-order")
    )
    client.force_login(contest.organiser)
    client.post(order)
    found = CertificateSet.objects.get()
    cancel = reverse("awards:certificates-cancel", args=[contest.edition.pk, found.pk])
    offered = client.get(page).content.decode()
    client.force_login(contest.owners[0].writer)
    outside = (client.post(cancel).status_code, f'action="{cancel}"' in client.get(page).content.decode())

    client.force_login(contest.organiser)
    done = client.post(cancel, follow=True).content.decode()
    again = client.post(cancel).status_code

    assert f'action="{cancel}"' in offered
    assert outside == (404, False)
    assert "ยกเลิกการจัดทำไฟล์แล้ว" in done
    assert done.count(f'action="{order}"') == 2
    assert again == 404
    assert not CertificateSet.objects.exists()


def test_nobody_has_a_certificate_before_the_announcement_nor_the_file_who_does_not_organise(client):
    decided, announced = make_decided(), make_announced()
    made_of(announced)
    early = Entry.objects.filter(edition=decided.edition).first()
    client.force_login(decided.organiser)
    before = client.get(reverse("awards:certificate", args=[early.pk])).status_code
    own = client.get(reverse("awards:certificates", args=[decided.edition.pk])).status_code
    refused = client.post(reverse("awards:certificates-order", args=[decided.edition.pk]), follow=True)
    others = [
        client.get(reverse("awards:certificates", args=[announced.edition.pk])),
        client.get(reverse("awards:certificates-part", args=[announced.edition.pk])),
        client.post(reverse("awards:certificates-order", args=[announced.edition.pk])),
        client.get(reverse("awards:signers", args=[announced.edition.pk])),
    ]
    page = client.get(reverse("awards:edition", args=[announced.edition.pk])).content.decode()

    assert (before, own) == (404, 404)
    assert "เมื่อประกาศผลแล้ว" in refused.content.decode()
    assert {answer.status_code for answer in others} == {404}
    assert "certificates/" not in page
    assert CertificateSet.objects.count() == 1
    assert list(certificates_of(edition_of(decided), winners_only=False)) == []


def test_signers_are_named_on_a_form_shown_on_the_page_and_told_by_the_code(client, capsys):
    contest = make_decided()
    address = reverse("awards:signers", args=[contest.edition.pk])
    client.force_login(contest.organiser)
    told = {
        "name_th_1": "นายสมชาย ใจดี",
        "post_th_1": "ผู้ว่าราชการจังหวัด",
        "name_en_1": "Mr Somchai Jaidee",
        "post_en_1": "Governor",
    }

    half = client.post(address, told | {"post_th_1": "", "name_en_2": "Somebody"})
    client.post(address, told)
    again = client.get(address).content.decode()
    User.objects.filter(pk=contest.organiser.pk).update(language="en")
    english = client.get(reverse("awards:edition", args=[contest.edition.pk])).content.decode()
    User.objects.filter(pk=contest.organiser.pk).update(language="th")
    actions.announce_results(contest.edition, today(), by=contest.organiser)
    entry = Entry.objects.filter(edition=contest.edition, state="awarded").select_related("edition").first()
    code = code_on(entry)
    checked = client.get(reverse("awards:check"), {"code": code}).content.decode()

    assert half.status_code == 422
    assert {"post_th_1", "name_th_2", "post_th_2"} == set(half.context["form"].errors)
    assert "นายสมชาย ใจดี" in again
    assert "Mr Somchai Jaidee, Governor" in english
    assert "นายสมชาย ใจดี ผู้ว่าราชการจังหวัด" in checked
    assert client.get(address).status_code == 404
    assert main(["awards", "check", code, "--key", words_of(public_key())]) == 0
    assert "นายสมชาย ใจดี" in capsys.readouterr().out


def test_slip_of_a_signer_is_mended_on_a_form_that_only_the_organiser_has(client):
    contest = make_decided()
    signers = [actions.SignerWords("นายสมชาย ใจดี", "ผู้อำนวยการ")]
    actions.set_signers(contest.edition, signers, by=contest.organiser)
    page, mend = (
        reverse("awards:edition", args=[contest.edition.pk]),
        reverse("awards:signer-mend", args=[contest.edition.pk, 1]),
    )
    client.force_login(contest.organiser)
    early = client.get(mend).status_code
    actions.announce_results(contest.edition, today(), by=contest.organiser)
    words = {"name_th": "นายสมชัย ใจดี", "post_th": "ผู้อำนวยการ", "name_en": "", "post_en": ""}

    offered = client.get(page).content.decode()
    form = client.get(mend).content.decode()
    unsaid = client.post(mend, words)
    done = client.post(mend, {**words, "note": "สะกดชื่อผิด"}, follow=True).content.decode()
    client.force_login(contest.owners[0].writer)
    outside = (client.post(mend, words).status_code, mend in client.get(page).content.decode())

    assert (early, unsaid.status_code, outside) == (404, 422, (404, False))
    assert f'href="{mend}"' in offered
    assert 'value="นายสมชาย ใจดี"' in form
    assert "นายสมชัย ใจดี ผู้อำนวยการ" in done
    assert "สะกดชื่อผิด" in done


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
