"""Who signs certificates: named until they are given, printed as named, and only slips mended afterwards."""

import subprocess
from dataclasses import replace
from zipfile import ZipFile

import pytest

from prasan.awards import actions
from prasan.awards.models import CertificateSigner
from prasan.awards.papers.shelf import CERTIFICATES
from prasan.awards.queries.certificates import sets_of
from prasan.cases.actions import move
from prasan.cases.queries import timeline
from prasan.kernel.digits import to_thai
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
from tests.awards.test_certificate_sets import edition_of, folder, make, ordered  # noqa: F401 - its fixture
from tests.factories.awards import make_announced, make_decided, make_edition
from tests.factories.innovations import make_owner

pytestmark = pytest.mark.django_db

ONE = actions.SignerWords("นายสมชาย ใจดี", "ผู้อำนวยการสำนัก 1", "Mr Somchai Jaidee", "Director of office 1")
TWO = actions.SignerWords("นางสาวมาลี มีสุข", "ประธานกรรมการตัดสิน")


def text_of(found, place):
    with ZipFile(CERTIFICATES.place_of(found.pk, "zip")) as packed:
        (place / "one.pdf").write_bytes(packed.read(packed.namelist()[0]))
    run = subprocess.run(["pdftotext", place / "one.pdf", "-"], capture_output=True, check=True)
    return "".join(run.stdout.decode().split())


def test_signers_are_printed_with_thai_digits_and_their_names_stand_in_no_ledger(tmp_path):
    contest = make_decided()
    actions.set_signers(contest.edition, [ONE, TWO], by=contest.organiser)
    actions.announce_results(contest.edition, contest.fresh().decision.decided_on, by=contest.organiser)

    text = text_of(make(ordered(contest)), tmp_path)

    for words in ("(นายสมชายใจดี)", "ผู้อำนวยการสำนัก๑", "(นางสาวมาลีมีสุข)", "ประธานกรรมการตัดสิน"):
        assert words in text
    told = Happened.objects.get(kind="awards.edition.signers_set")
    assert told.after == {"signers": 2}


def test_without_a_signer_there_is_room_to_sign_for_the_organiser(tmp_path):
    contest = make_announced()

    text = text_of(make(ordered(contest)), tmp_path)

    assert "(....." in text
    assert text.count(to_thai("".join(contest.programme.organiser.name_th.split()))) == 2


def test_signers_are_replaced_until_certificates_are_given_and_not_after():
    contest = make_edition()
    for signers in ([ONE, TWO], [TWO], []):
        actions.set_signers(contest.edition, signers, by=contest.organiser)
        assert [row.name_th for row in contest.edition.signers.all()] == [each.name_th for each in signers]
    announced = make_announced()

    with pytest.raises(Refused, match="ออกเกียรติบัตรแล้ว"):
        actions.set_signers(announced.edition, [ONE], by=announced.organiser)


def make_given(state="announced"):
    """An edition whose certificates two people sign."""
    contest = make_decided()
    actions.set_signers(contest.edition, [ONE, TWO], by=contest.organiser)
    actions.announce_results(contest.edition, contest.fresh().decision.decided_on, by=contest.organiser)
    if state == "closed":
        move(contest.edition, "close", by=contest.organiser)
    contest.fresh()
    return contest


@pytest.mark.parametrize("state", ["announced", "closed"])
def test_slip_of_a_signer_is_mended_with_a_reason_and_files_from_before_are_older(state, tmp_path):
    contest = make_given(state)
    first = make(ordered(contest))
    signer = contest.edition.signers.get(position=2)
    right = replace(TWO, name_th="นางสาวมาลี มีศุข")

    actions.mend_signer(signer, right, by=contest.organiser, note="สะกดนามสกุลผิด")
    stale = sets_of(edition_of(contest), contest.organiser)[0].works.is_stale
    second = make(ordered(contest))

    assert (stale, second.pk == first.pk) == (True, False)
    assert "(นางสาวมาลีมีศุข)" in text_of(second, tmp_path)
    told = Happened.objects.get(kind="awards.edition.signer_mended")
    assert told.after == {"signer": 2, "mended": ["name_th"]}
    shown = timeline(edition_of(contest))[-1]
    assert (shown.kind, [each.text for each in shown.remarks]) == (told.kind, ["สะกดนามสกุลผิด"])


def test_signer_is_mended_only_rightly_by_the_organiser_and_once_certificates_are_given():
    contest, early = make_given(), make_decided()
    actions.set_signers(early.edition, [TWO], by=early.organiser)
    signer = contest.edition.signers.get(position=1)
    right = replace(ONE, post_th="รองผู้อำนวยการ")

    for row, words, who, note in (
        (early.edition.signers.get(), right, early.organiser, "สะกดผิด"),
        (signer, right, early.organiser, "สะกดผิด"),
        (signer, right, contest.owners[0].writer, "สะกดผิด"),
        (signer, right, contest.organiser, "…"),
        (signer, ONE, contest.organiser, "สะกดผิด"),
        (signer, replace(ONE, name_th=" "), contest.organiser, "สะกดผิด"),
    ):
        with pytest.raises(Refused):
            actions.mend_signer(row, words, by=who, note=note)

    signer.refresh_from_db()
    assert (signer.name_th, signer.post_th) == (ONE.name_th, ONE.post_th)
    assert not Happened.objects.filter(kind="awards.edition.signer_mended").exists()


@pytest.mark.parametrize(
    "signers",
    [[ONE, TWO, ONE], [actions.SignerWords(" ", "ผู้อำนวยการ")], [actions.SignerWords("นาย ก", "…")]],
)
def test_three_signers_or_one_without_name_or_post_are_refused(signers):
    contest = make_edition()
    actions.set_signers(contest.edition, [TWO], by=contest.organiser)

    with pytest.raises(Refused):
        actions.set_signers(contest.edition, signers, by=contest.organiser)
    with pytest.raises(Refused):
        actions.set_signers(contest.edition, [ONE], by=make_owner("57").writer)
    assert CertificateSigner.objects.get().name_th == TWO.name_th
