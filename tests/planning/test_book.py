"""The plan book: every project once, on the page that the contents name, whatever happens meanwhile."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pypdf
import pytest
from procrastinate.exceptions import JobAborted

from prasan.kernel.digits import to_thai
from prasan.kernel.refusals import Refused
from prasan.planning import actions
from prasan.planning.imports.briefs import read_briefs
from prasan.planning.models import PlanBook, PlanVersion, Proposal
from prasan.planning.papers import book as making
from prasan.planning.papers.brief import brief_of
from prasan.planning.papers.shelf import BOOKS
from prasan.planning.queries import books_of
from prasan.sheets.apart import NotDone
from tests.at_once import at_once
from tests.factories.agencies import make_holder
from tests.factories.planning import World, make_issue
from tests.made_once import made_once


@pytest.fixture(autouse=True)
def books_folder(settings, tmp_path) -> Path:
    settings.BOOKS_DIR = tmp_path / "books"
    return settings.BOOKS_DIR


@pytest.fixture
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(making, "BATCH", 2)


def never() -> bool:
    return False


def ordered(world: World, by: str = "provincial_head") -> PlanBook:
    return actions.order_book(world.version(), by=world.person(by))


def made(world: World) -> PlanBook:
    book = ordered(world)
    actions.make_book(book.pk, should_stop=never)
    book.refresh_from_db()
    return book


def opened(book: PlanBook) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(BOOKS.place_of(book.pk, "pdf").read_bytes()))


def words_of(book: PlanBook) -> list[str]:
    """The words of each page without the gaps between them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = BOOKS.place_of(book.pk, "pdf")
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return ["".join(page.split()) for page in run.stdout.decode().split("\f")[:-1]]


def bookmarks(reader: pypdf.PdfReader) -> list[tuple[str, str, int]]:
    """Chapter, name and page of every project among the bookmarks; pages as they are printed."""
    found, chapter = [], ""
    for entry in reader.outline:
        if isinstance(entry, list):
            for each in entry:
                place = reader.get_destination_page_number(each)
                found.append((chapter, str(each.title), int(reader.page_labels[place])))
        else:
            chapter = str(entry.title)
    return found


def served(world: World, names: list[str], issue=None, **fields) -> list[Proposal]:
    proposals = [world.proposal("included", name=name, **fields) for name in names]
    for proposal in proposals:
        Proposal.objects.filter(pk=proposal.pk).update(issue=issue, serves="issue" if issue else "none")
    return proposals


def test_book_holds_every_project_once_under_its_issue_with_running_numbers(world, small_batches):
    second, first = make_issue(number=22, name_th="สอง"), make_issue(number=21, name_th="หนึ่ง")
    served(world, ["งาน ก"], rationale="ยาวมาก " * 1100)
    served(world, ["งาน ข", "งาน ค"], second)
    served(world, ["งาน ง", "งาน จ"], first, rationale="ยาว " * 800)

    book = made(world)

    reader, pages = opened(book), words_of(book)
    found = bookmarks(reader)
    assert [(chapter, name) for chapter, name, _page in found] == [
        ("๒๑. หนึ่ง", "งาน ง"),
        ("๒๑. หนึ่ง", "งาน จ"),
        ("๒๒. สอง", "งาน ข"),
        ("๒๒. สอง", "งาน ค"),
        ("ไม่ได้ระบุประเด็นการพัฒนา", "งาน ก"),
    ]
    assert (book.projects, book.pages) == (5, len(reader.pages))
    body = pages[2:]
    begins = {name: page for _chapter, name, page in found}
    assert begins["งาน จ"] > begins["งาน ง"] + 1  # a form of several pages stood before it
    for name, page in begins.items():
        assert "แบบจ.๑-๑" in body[page - 1]
        assert f"๑.ชื่อโครงการ{name.replace(' ', '')}" in body[page - 1]
    assert sum("แบบจ.๑-๑" in page for page in body) == 5
    assert [page.endswith(to_thai(str(number))) for number, page in enumerate(body, 1)] == [True] * len(body)
    contents = pages[1]
    assert contents.endswith("(๒)")
    for place, (_chapter, name, page) in enumerate(found, start=1):
        line = rf"{to_thai(f'{place}.')}{name.replace(' ', '')}.*?{to_thai('1,250,000')}{to_thai(str(page))}"
        assert re.search(line, contents), name
    assert re.findall(r"[0-9]", "".join(pages)) == []


def test_contents_lead_to_the_page_of_each_project(world, small_batches):
    served(world, ["งาน ก", "งาน ข", "งาน ค"])

    reader = opened(made(world))

    places = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    goals = [
        reader.page_labels[places[note.get_object()["/Dest"][0].idnum]]
        for note in reader.pages[1]["/Annots"]
        if "/Dest" in note.get_object()
    ]
    pages = [str(page) for _chapter, _name, page in bookmarks(reader)]
    assert sorted(set(goals), key=int) == pages
    assert not any("/A" in note.get_object() for note in reader.pages[1]["/Annots"])


def test_xlsx_of_the_book_holds_every_project_and_no_formula(world, small_batches):
    proposals = served(world, ["=1+1", "+cmd|' /C calc'!A0", "@งาน"], rationale='=HYPERLINK("http://x")')

    book = made(world)

    content = BOOKS.place_of(book.pk, "xlsx").read_bytes()
    found = [row.brief for row in read_briefs(io.BytesIO(content))]
    assert found == [brief_of(Proposal.objects.get(pk=proposal.pk)) for proposal in proposals]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
    assert [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet] == []


def test_project_taken_back_into_work_is_listed_without_its_form(world):
    kept, back = served(world, ["งาน ก", "งาน ข"])
    Proposal.objects.filter(pk=back.pk).update(state="accepted", rationale="ความลับ")

    book = made(world)

    pages = words_of(book)
    assert (book.projects, [name for _chapter, name, _page in bookmarks(opened(book))]) == (1, [kept.name])
    assert re.search(r"๒\.งานข.*?–", pages[1])
    assert not any("ความลับ" in page for page in pages)
    assert len(list(read_briefs(io.BytesIO(BOOKS.place_of(book.pk, "xlsx").read_bytes())))) == 1


def test_book_of_an_empty_plan_is_refused(world):
    version = world.version()

    with pytest.raises(Refused, match="แผนยังว่าง"):
        actions.order_book(version, by=world.person("provincial_head"))
    assert not PlanBook.objects.exists()


def test_book_of_money_in_a_bill_is_refused(world):
    world.proposal("included")
    PlanVersion.objects.update(source="bill")

    with pytest.raises(Refused, match="ไม่มีเล่มแผน"):
        actions.order_book(PlanVersion.objects.get(), by=world.person("provincial_head"))


@pytest.mark.parametrize("role", ["village_head", "tambon_secretary", "agency_officer", "auditor"])
def test_book_is_ordered_and_cancelled_by_the_provincial_office_only(world, role):
    world.proposal("included")
    book = ordered(world)

    with pytest.raises(Refused):
        actions.order_book(world.version(), by=world.person(role))
    with pytest.raises(Refused):
        actions.cancel_book(book, by=world.person(role))
    with pytest.raises(Refused):
        actions.order_book(world.version(), by=make_holder("provincial_head", "33"))


def test_book_of_the_same_content_is_made_once_and_again_when_the_plan_changes(world, queued):
    world.proposal("included")
    first = made(world)

    same = ordered(world)
    assert (same.pk, same.finished_at, queued()) == (first.pk, first.finished_at, 1)
    assert not books_of(world.version(), None).is_stale

    world.proposal("included")
    assert books_of(world.version(), None).is_stale
    second = made(world)

    assert second.pk != first.pk
    assert list(PlanBook.objects.values_list("pk", flat=True)) == [second.pk]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_order_at_the_same_time_have_one_book_made(queued):
    world = made_once(World.with_people)
    served(world, ["งาน ก"])
    version, head = world.version(), world.person("provincial_head")

    first, second = at_once(*[lambda: actions.order_book(version, by=head)] * 2)

    assert first == second == PlanBook.objects.get()
    assert queued() == 1


def test_files_of_the_older_book_go_when_the_newer_one_is_done(
    world, books_folder, django_capture_on_commit_callbacks
):
    world.proposal("included")
    first = made(world)
    world.proposal("included")
    second = ordered(world)
    assert BOOKS.is_shelved(first.pk)

    with django_capture_on_commit_callbacks(execute=True):
        actions.make_book(second.pk, should_stop=never)

    files = sorted(path.name for path in books_folder.rglob("*") if path.is_file())
    assert files == [f"{second.pk}.pdf", f"{second.pk}.xlsx"]


@pytest.mark.parametrize("change", ["words", "state", "title", "issue"])
def test_content_changes_with_whatever_is_printed(world, change):
    proposal = world.proposal("included")
    before = books_of(world.version(), None).content
    match change:
        case "words":
            actions.brief.keep_version(proposal, "revised", by=None)
        case "state":
            Proposal.objects.filter(pk=proposal.pk).update(state="accepted")
        case "title":
            proposal.plan_items.update(title="อื่น")
        case "issue":
            Proposal.objects.filter(pk=proposal.pk).update(issue=make_issue(), serves="issue")

    assert books_of(world.version(), None).content != before


def test_nothing_is_served_and_no_batch_set_twice_when_the_making_is_cut_off(
    world, small_batches, books_folder, monkeypatch
):
    served(world, [f"งาน {letter}" for letter in "กขคงจ"])
    book = ordered(world)
    work, orders = making.apart, []

    def failing_later(kind: str, order: Path) -> object:
        if len(orders) == 2:
            raise NotDone("killed")
        orders.append(order.name)
        return work(kind, order)

    monkeypatch.setattr(making, "apart", failing_later)
    with pytest.raises(NotDone):
        actions.make_book(book.pk, should_stop=never)

    book.refresh_from_db()
    assert (book.finished_at, book.failed_at, BOOKS.is_shelved(book.pk)) == (None, None, False)
    monkeypatch.setattr(making, "apart", lambda kind, order: orders.append(order.name) or work(kind, order))
    actions.make_book(book.pk, should_stop=never)
    book.refresh_from_db()
    assert sorted(name for name in orders if name.startswith("part")) == [
        "part-0001.json",
        "part-0002.json",
        "part-0003.json",
    ]
    assert (book.tries, book.projects, bool(book.finished_at)) == (2, 5, True)
    assert list((books_folder / "making").iterdir()) == []


def test_book_that_cannot_be_made_fails_in_the_end_and_can_be_ordered_again(world, monkeypatch):
    world.proposal("included")
    book = ordered(world)

    def broken(kind: str, order: Path) -> object:
        raise NotDone("broken")

    with monkeypatch.context() as broken_machine:
        broken_machine.setattr(making, "apart", broken)
        for _try in range(4):
            with pytest.raises(NotDone):
                actions.make_book(book.pk, should_stop=never)
        actions.make_book(book.pk, should_stop=never)
        book.refresh_from_db()
        assert book.failed_at is not None

    again = made(world)
    assert (again.pk, bool(again.finished_at), again.failed_at) == (book.pk, True, None)


def test_cancelled_book_is_given_up_while_it_is_made(world, small_batches, books_folder, monkeypatch):
    served(world, ["งาน ก", "งาน ข", "งาน ค"])
    book = ordered(world)
    monkeypatch.setattr(
        making,
        "bind_book",
        lambda folder, tell: (
            actions.cancel_book(book, by=world.person("provincial_head")),
            tell(1, 2),
        ),
    )

    actions.make_book(book.pk, should_stop=never)

    assert not PlanBook.objects.exists()
    assert [path for path in books_folder.rglob("*") if path.is_file()] == []
    with pytest.raises(Refused, match="ไม่ได้จัดทำแล้ว"):
        actions.cancel_book(book, by=world.person("provincial_head"))


def test_worker_that_is_stopped_leaves_the_book_for_the_next(world):
    world.proposal("included")
    book = ordered(world)

    with pytest.raises(JobAborted):
        actions.make_book(book.pk, should_stop=lambda: True)

    book.refresh_from_db()
    assert (book.finished_at, book.failed_at) == (None, None)


def test_plan_that_changes_while_it_is_read_is_read_anew(world, monkeypatch):
    served(world, ["งาน ก"])
    book = ordered(world)
    lay_down = making.lay_down

    def changing(*given) -> None:
        lay_down(*given)
        served(world, ["งาน ข"])

    with monkeypatch.context() as busy:
        busy.setattr(making, "lay_down", changing)
        with pytest.raises(actions.book.PlanChanged):
            actions.make_book(book.pk, should_stop=never)
    actions.make_book(book.pk, should_stop=never)

    book.refresh_from_db()
    assert [name for _chapter, name, _page in bookmarks(opened(book))] == ["งาน ก", "งาน ข"]
    assert not books_of(world.version(), None).is_stale


def test_two_makers_of_one_book_do_not_meet(world, monkeypatch):
    world.proposal("included")
    book = ordered(world)

    with BOOKS.workplace(book.pk) as folder:
        assert folder is not None
        actions.make_book(book.pk, should_stop=never)

    book.refresh_from_db()
    assert (book.finished_at, book.tries) == (None, 0)


def test_files_without_a_row_are_cleared_away(world, books_folder):
    world.proposal("included")
    books_folder.mkdir()
    (books_folder / "999999.pdf").write_bytes(b"x")
    (books_folder / "making" / "999998").mkdir(parents=True)

    book = made(world)

    names = {path.name for path in books_folder.rglob("*")}
    assert names == {"making", f"{book.pk}.pdf", f"{book.pk}.xlsx"}


def test_book_whose_files_were_lost_is_made_again(world):
    world.proposal("included")
    book = made(world)
    BOOKS.discard(book.pk)

    again = made(world)

    assert (again.pk, BOOKS.is_shelved(again.pk)) == (book.pk, True)


KILLED = """
import sys
from pathlib import Path
from prasan.planning.papers import book as making
print("begun", flush=True)
making.set_parts(Path(sys.argv[1]), lambda done, whole: print(done, flush=True))
"""


def test_process_killed_in_the_middle_leaves_only_whole_parts(world, small_batches, monkeypatch):
    served(world, [f"งาน {letter}" for letter in "กขคงจฉชซ"])
    book = ordered(world)
    monkeypatch.setattr(making, "set_parts", lambda folder, tell: (_ for _ in ()).throw(NotDone("x")))
    with pytest.raises(NotDone):
        actions.make_book(book.pk, should_stop=never)
    monkeypatch.undo()
    with BOOKS.workplace(book.pk) as folder:
        program = f"import django; django.setup()\n{KILLED}"
        process = subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE)
        while process.stdout.readline().strip() not in (b"1", b"2"):
            assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        for part in folder.glob("part-*.starts"):
            assert len(pypdf.PdfReader(part.with_suffix(".pdf")).pages) >= 2
        finished = len(list(folder.glob("part-*.starts")))
    assert 1 <= finished < 4
    time.sleep(0.1)

    actions.make_book(book.pk, should_stop=never)

    book.refresh_from_db()
    assert [name for _chapter, name, _page in bookmarks(opened(book))] == [
        f"งาน {each}" for each in "กขคงจฉชซ"
    ]
