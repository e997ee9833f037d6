"""Certificates as one file: ordered, made once whatever happens meanwhile, and made anew when they change."""

from zipfile import ZipFile

import pytest
from procrastinate.exceptions import JobAborted

from prasan.awards import actions
from prasan.awards.models import CertificateSet, Edition, Entry
from prasan.awards.papers import packing
from prasan.awards.papers.shelf import CERTIFICATES
from prasan.awards.queries.certificates import sets_of
from prasan.documents.making import MOST_TRIES
from prasan.kernel.refusals import Refused
from prasan.ledger.keys import make_signing_key
from prasan.ledger.models import Entry as Happened
from tests.at_once import at_once
from tests.factories.awards import make_announced, make_decided
from tests.factories.innovations import make_owner
from tests.killing import killed_when
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LEDGER_KEY = tmp_path / "ledger.pem"
    settings.CERTIFICATES_DIR = tmp_path / "certificates"
    make_signing_key()
    return settings.CERTIFICATES_DIR


@pytest.fixture
def counted(monkeypatch):
    """The numbers of the certificates that are set."""
    numbers, work = [], packing.certificate_pdf
    monkeypatch.setattr(
        packing, "certificate_pdf", lambda paper, fonts: numbers.append(paper.number) or work(paper, fonts)
    )
    return numbers


def ordered(contest, *, winners_only=False):
    return actions.order_certificates(contest.edition, winners_only=winners_only, by=contest.organiser)


def make(found, stops=lambda: False):
    actions.make_certificates(found.pk, should_stop=stops)
    return CertificateSet.objects.filter(pk=found.pk).first()


def names_in(found):
    with ZipFile(CERTIFICATES.place_of(found.pk, "zip")) as packed:
        assert packed.testzip() is None
        return packed.namelist()


def test_file_holds_every_certificate_once_and_says_how_far_it_is(counted, folder):
    contest = make_announced()
    seen = []
    found = ordered(contest)

    def watched():
        row = CertificateSet.objects.get(pk=found.pk)
        seen.append((row.done, row.whole))
        return False

    made = make(found, watched)

    names = names_in(made)
    assert len(names) == len(set(names)) == made.done == made.whole == 4 == len(counted)
    assert {name.split("/")[0] for name in names} == {"winners", "entrants"}
    assert [done for done, _whole in seen] == [0, 1, 2, 3, 4]
    assert {whole for _done, whole in seen} == {4}
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [f"{made.pk}.zip"]
    assert made.size == CERTIFICATES.place_of(made.pk, "zip").stat().st_size


def test_file_of_winners_holds_them_alone():
    contest = make_announced()

    names = names_in(make(ordered(contest, winners_only=True)))

    assert len(names) == contest.edition.awards.count() == 3
    assert {name.split("/")[0] for name in names} == {"winners"}


def test_second_order_at_once_gives_the_same_one():
    contest = make_announced()

    first, second = ordered(contest), ordered(contest)
    made = make(first)
    third = ordered(contest)

    assert first == second == third
    assert third.finished_at == made.finished_at
    assert Happened.objects.filter(kind="awards.certificates.ordered").count() == 1
    assert Happened.objects.filter(kind="awards.certificates.made").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_order_at_the_same_time_have_one_file_made():
    contest = made_once(make_announced)

    first, second = at_once(*[lambda: ordered(contest)] * 2)

    assert first == second == CertificateSet.objects.get()


def test_file_is_made_anew_when_something_on_it_has_changed(django_capture_on_commit_callbacks):
    contest = make_announced()
    first = make(ordered(contest))
    assert not sets_of(edition_of(contest), contest.organiser)[0].works.may_order

    entry = Entry.objects.filter(edition=contest.edition, state="awarded").first()
    entry.award.level = "winner"
    entry.award.save()
    stale = sets_of(edition_of(contest), contest.organiser)
    second = ordered(contest)
    kept = CERTIFICATES.is_shelved(first.pk)
    with django_capture_on_commit_callbacks(execute=True):
        make(second)

    assert [each.works.is_stale for each in stale] == [True, False]
    assert kept
    assert second.pk != first.pk
    assert list(CertificateSet.objects.values_list("pk", flat=True)) == [second.pk]
    assert not CERTIFICATES.is_shelved(first.pk)


def test_what_changes_while_it_waits_stands_in_the_file_and_nothing_is_left_of_before(counted):
    contest = make_announced()
    found = ordered(contest)
    stop = iter([False, False, True])
    with pytest.raises(JobAborted):
        make(found, lambda: next(stop))
    Entry.objects.filter(edition=contest.edition).update(number=None)

    made = make(found)

    assert made.content != found.content
    assert len(counted) == 2 + 4
    assert len(names_in(made)) == 4


def test_making_goes_on_where_it_was_cut_off_and_sets_nothing_twice(counted):
    contest = make_announced()
    found = ordered(contest)
    stop = iter([False, False, True])

    with pytest.raises(JobAborted):
        make(found, lambda: next(stop))
    between = CertificateSet.objects.get()
    is_there = CERTIFICATES.is_shelved(found.pk)
    made = make(found)
    again = make(found)

    assert (between.finished_at, between.failed_at, between.done, is_there) == (None, None, 2, False)
    assert len(counted) == len(set(counted)) == 4
    assert (made.tries, bool(made.finished_at)) == (2, True)
    assert again.finished_at == made.finished_at


KILLED = """
from prasan.awards.actions import make_certificates
make_certificates({key}, should_stop=lambda: False)
"""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_killed_worker_leaves_whole_certificates_and_the_next_one_ends_the_work(counted, folder, settings):
    contest = made_once(make_announced)
    found = ordered(contest)
    program = (
        f"settings.LEDGER_KEY = {str(settings.LEDGER_KEY)!r}\n"
        f"settings.CERTIFICATES_DIR = {str(folder)!r}\n{KILLED.format(key=found.pk)}"
    )
    place = folder / "making" / str(found.pk)

    killed_when(program, lambda: (place / "00001.pdf").exists())

    left = {path.name: path.read_bytes() for path in place.glob("*.pdf")}
    assert 2 <= len(left) < 4
    assert all(content.rstrip().endswith(b"%%EOF") for content in left.values())
    made = make(found)
    assert len(counted) == 4 - len(left)
    assert len(names_in(made)) == 4
    assert Happened.objects.filter(kind="awards.certificates.made").count() == 1


def test_file_that_cannot_be_made_fails_in_the_end_and_can_be_ordered_again(monkeypatch):
    contest = make_announced()
    found = ordered(contest)

    def broken(paper, fonts):
        raise OSError("no room")

    with monkeypatch.context() as broken_machine:
        broken_machine.setattr(packing, "certificate_pdf", broken)
        for _try in range(MOST_TRIES - 1):
            with pytest.raises(OSError, match="no room"):
                make(found)
        failed = make(found)
    again = make(ordered(contest))

    assert failed.failed_at is not None
    assert (again.pk, bool(again.finished_at), again.failed_at) == (found.pk, True, None)


def test_two_workers_do_not_meet_and_lost_files_are_made_again():
    contest = make_announced()
    found = ordered(contest)
    with CERTIFICATES.workplace(found.pk):
        assert make(found).finished_at is None
    made = make(found)
    CERTIFICATES.discard(made.pk)

    assert names_in(make(ordered(contest)))


def test_file_is_cancelled_while_it_waits_and_nothing_of_it_is_left(
    folder, django_capture_on_commit_callbacks
):
    contest = make_announced()
    found = ordered(contest)
    stop = iter([False, False, True])
    with pytest.raises(JobAborted):
        make(found, lambda: next(stop))

    for stranger in (contest.owners[0].writer, contest.judges[0].person):
        with pytest.raises(Refused):
            actions.cancel_certificates(found, by=stranger)
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel_certificates(found, by=contest.ministry)
    nothing = make(found)

    assert nothing is None
    assert [path.name for path in folder.rglob("*")] == ["making"]
    told = Happened.objects.get(kind="awards.certificates.cancelled")
    assert told.before == {"set": found.pk, "winners_only": False}
    with pytest.raises(Refused, match="ไม่ได้จัดทำแล้ว"):
        actions.cancel_certificates(found, by=contest.organiser)


@pytest.mark.parametrize("moment", ["between", "in one"])
def test_file_is_cancelled_while_it_is_made(
    counted, folder, monkeypatch, moment, django_capture_on_commit_callbacks
):
    contest = make_announced()
    found = ordered(contest)
    work = packing.certificate_pdf

    def cancelled():
        with django_capture_on_commit_callbacks(execute=True):
            actions.cancel_certificates(found, by=contest.organiser)

    def cancelling(paper, fonts):
        if len(counted) == 1:
            cancelled()
        return work(paper, fonts)

    seen = iter(range(9))
    if moment == "in one":
        monkeypatch.setattr(packing, "certificate_pdf", cancelling)

    nothing = make(found, lambda: moment == "between" and next(seen) == 1 and bool(cancelled()))

    assert nothing is None
    assert len(counted) == 2
    assert [path.name for path in folder.rglob("*")] == ["making"]
    assert not Happened.objects.filter(kind="awards.certificates.made").exists()
    assert ordered(contest).pk != found.pk


def test_finished_file_is_not_cancelled(folder):
    contest = make_announced()
    made = make(ordered(contest))

    with pytest.raises(Refused, match="ไม่ได้จัดทำแล้ว"):
        actions.cancel_certificates(made, by=contest.organiser)
    assert CERTIFICATES.is_shelved(made.pk)


def test_file_that_turns_out_to_be_there_already_is_given_up():
    contest = make_announced()
    award = contest.edition.awards.first()
    made = make(ordered(contest))
    before, award.level = award.level, "winner"
    award.save()
    waiting = ordered(contest)
    award.level = before
    award.save()

    nothing = make(waiting)

    assert nothing is None
    assert list(CertificateSet.objects.all()) == [made]


def test_nobody_orders_before_the_announcement_nor_who_does_not_organise():
    decided, announced = make_decided(), make_announced()

    for edition, who in (
        (decided.edition, decided.organiser),
        (announced.edition, decided.organiser),
        (announced.edition, make_owner("57").writer),
    ):
        with pytest.raises(Refused):
            actions.order_certificates(edition, winners_only=False, by=who)
    assert not CertificateSet.objects.exists()
    assert sets_of(edition_of(announced), decided.organiser) == []


def test_nobody_won_so_there_is_no_file_of_winners():
    contest = make_announced(quotas=[actions.QuotaWords("excellent", None, 9999)])

    with pytest.raises(Refused):
        ordered(contest, winners_only=True)
    assert [each.winners_only for each in sets_of(edition_of(contest), contest.organiser)] == [False]


def edition_of(contest):
    return Edition.objects.get(pk=contest.edition.pk)
