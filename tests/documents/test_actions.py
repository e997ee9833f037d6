import contextlib
import io
import os
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.documents import actions, folder, limits
from prasan.documents.actions import GRACE, drop_unlinked, release, store
from prasan.documents.jobs import drop_unlinked_files
from prasan.documents.models import File
from prasan.documents.queries import content, is_linked, links, path_of
from prasan.kernel.refusals import Refused
from tests.factories.documents import Enclosure, office, pdf, picture

ALL = tuple(File.Kind)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def on_disk(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def grown_old(file):
    """As if it had been sent long ago and never linked."""
    File.objects.filter(pk=file.pk).update(stored_at=timezone.now() - GRACE - timedelta(minutes=1))


def test_picture_is_kept_with_its_thumbnail(files_folder):
    file = store(picture(size=(800, 600)), name="บ่อ.jpg", allowed=ALL)

    assert (file.kind, file.media_type, file.width, file.height) == ("image", "image/jpeg", 800, 600)
    assert on_disk(files_folder) == [
        f"{file.sha256[:2]}/{file.sha256[2:]}",
        f"{file.sha256[:2]}/{file.sha256[2:]}.thumbnail",
    ]
    assert path_of(file).stat().st_size == file.size
    assert path_of(file).stat().st_mode & 0o777 == 0o600
    assert folder.digest_of(path_of(file)) == file.sha256


@pytest.mark.parametrize(
    ("stream", "kind", "media_type"),
    [
        (pdf(), "pdf", "application/pdf"),
        (office("docx"), "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office("xlsx"), "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_papers_are_kept_as_they_are(stream, kind, media_type):
    sent = stream.getvalue()

    file = store(io.BytesIO(sent), name="x", allowed=ALL)

    opened = content(file)
    with opened.stream:
        assert opened.stream.read() == sent
    assert (file.kind, opened.media_type, opened.size) == (kind, media_type, len(sent))


def test_kind_follows_from_content_not_from_name():
    assert store(pdf(), name="photo.jpg", allowed=ALL).kind == "pdf"


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_picture_in_the_format_of_a_telephone_is_refused_with_what_to_do(brand):
    sent = io.BytesIO(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 40)

    with pytest.raises(Refused, match=r"“IMG_1.HEIC” is kept as HEIC.*JPEG"):
        store(sent, name="IMG_1.HEIC", allowed=ALL)
    assert not File.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        b"<svg onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"plain words",
        b"\x7fELF",
    ],
)
def test_other_kinds_are_refused_and_leave_nothing(sent, files_folder):
    with pytest.raises(Refused, match=r"“x.jpg” is of a kind that is not taken here. Please send a picture"):
        store(io.BytesIO(sent), name="x.jpg", allowed=ALL)

    assert on_disk(files_folder) == []
    assert File.objects.count() == 0


def test_kind_that_is_not_wanted_here_is_refused():
    with pytest.raises(Refused, match=r"Please send PDF\."):
        store(picture(), name="x", allowed=(File.Kind.PDF,))
    with pytest.raises(Refused, match=r"Please send Word \(DOCX\)\."):
        store(office("xlsx"), name="x", allowed=(File.Kind.DOCX,))


def test_empty_file_is_refused():
    with pytest.raises(Refused, match="“x” is empty"):
        store(io.BytesIO(), name="x", allowed=ALL)


class Endless:
    """A body that never ends; it counts what was read of it."""

    def __init__(self, head):
        self.head, self.taken = head, 0

    def read(self, size):
        self.taken += size
        head, self.head = self.head, b""
        return (head + bytes(size))[:size]


def test_oversized_body_is_refused_without_reading_it_all(files_folder):
    stream = Endless(b"%PDF-")

    with pytest.raises(Refused, match="larger than 50 MB"):
        store(stream, name="big.pdf", allowed=ALL)

    assert stream.taken < limits.BYTES[File.Kind.PDF] + 1024 * 1024
    assert on_disk(files_folder) == []


def test_limit_is_that_of_the_kind(monkeypatch):
    monkeypatch.setitem(limits.BYTES, File.Kind.DOCX, 300)

    with pytest.raises(Refused, match="“x” is larger"):
        store(office("docx", parts={"a": os.urandom(400)}), name="x", allowed=ALL)


def test_same_content_is_kept_once_and_answered_alike(files_folder):
    def sent():
        with CaptureQueriesContext(connection) as queries:
            file = store(picture(), name="x", allowed=ALL)
        return file, [query["sql"].split()[0] for query in queries]

    first, statements = sent()
    second, again = sent()

    assert first.pk == second.pk
    assert statements == again
    assert File.objects.count() == 1
    assert len(on_disk(files_folder)) == 2
    told = [field.attname for field in File._meta.fields if field.attname != "stored_at"]
    assert [getattr(first, name) for name in told] == [getattr(second, name) for name in told]


def test_content_that_was_lost_comes_back_with_the_next_upload():
    file = store(pdf(), name="x", allowed=ALL)
    path_of(file).unlink()

    store(pdf(), name="x", allowed=ALL)

    assert folder.digest_of(path_of(file)) == file.sha256


def test_failed_act_leaves_no_row():
    with transaction.atomic():
        store(pdf(), name="x", allowed=ALL)
        transaction.set_rollback(True)

    assert File.objects.count() == 0


def test_links_of_every_room_are_known():
    assert (Enclosure, "file_id") in links()


def test_file_goes_with_its_last_link(files_folder, django_capture_on_commit_callbacks):
    file = store(picture(), name="x", allowed=ALL)
    one, other = Enclosure.objects.create(file=file), Enclosure.objects.create(file=file)

    with django_capture_on_commit_callbacks(execute=True):
        one.delete()
        release(file)
    assert is_linked(file)
    assert len(on_disk(files_folder)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        other.delete()
        release(file)
    assert on_disk(files_folder) == []
    assert File.objects.count() == 0


def test_act_that_fails_after_release_loses_nothing(files_folder, django_capture_on_commit_callbacks):
    file = store(pdf(), name="x", allowed=ALL)
    link = Enclosure.objects.create(file=file)

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        link.delete()
        release(file)
        transaction.set_rollback(True)

    assert is_linked(file)
    assert len(on_disk(files_folder)) == 1


def test_sweep_drops_what_nobody_linked_and_keeps_the_rest(files_folder):
    unlinked = store(pdf(catalogue=b"/A 1"), name="x", allowed=ALL)
    linked = store(pdf(catalogue=b"/A 2"), name="x", allowed=ALL)
    recent = store(pdf(catalogue=b"/A 3"), name="x", allowed=ALL)
    Enclosure.objects.create(file=linked)
    grown_old(unlinked)
    grown_old(linked)

    assert drop_unlinked() == 1
    assert drop_unlinked_files(timestamp=0) is None

    assert set(File.objects.all()) == {linked, recent}
    assert {path.name for path in files_folder.rglob("*") if path.is_file()} == {
        linked.sha256[2:],
        recent.sha256[2:],
    }


def test_sending_again_keeps_a_file_from_the_sweep():
    file = store(pdf(), name="x", allowed=ALL)
    grown_old(file)

    store(pdf(), name="x", allowed=ALL)

    assert drop_unlinked() == 0
    assert File.objects.count() == 1


def test_sweep_takes_what_crashes_left(files_folder):
    kept = store(pdf(), name="x", allowed=ALL)
    Enclosure.objects.create(file=kept)
    orphan, in_making = files_folder / "ab" / ("c" * 62), files_folder / "incoming" / "tmpcrash"
    orphan.parent.mkdir()
    orphan.write_bytes(b"left by an act that failed")
    in_making.mkdir()
    (in_making / "sent").write_bytes(b"left by a process that was killed")

    assert drop_unlinked() == 0
    assert orphan.exists()
    with time_machine.travel(timezone.now() + GRACE + timedelta(minutes=1), tick=False):
        drop_unlinked()

    assert on_disk(files_folder) == [f"{kept.sha256[:2]}/{kept.sha256[2:]}"]


class Killed(BaseException):
    """Stands for kill -9: no handler runs that catches errors."""


STEPS = ["folder.digest_of", "_lock", "folder.put", "File.objects.bulk_create"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_death_between_any_two_steps_leaves_nothing_half(files_folder, monkeypatch, step, moment):
    owner_name, _dot, name = step.rpartition(".")
    owner = {"folder": folder, "": actions, "File.objects": File.objects}[owner_name]
    real = getattr(owner, name)

    def dying(*args, **options):
        if moment == "after":
            real(*args, **options)
        raise Killed

    monkeypatch.setattr(owner, name, dying)
    with pytest.raises(Killed):
        store(picture(), name="x", allowed=ALL)
    monkeypatch.undo()

    assert File.objects.count() == 0
    for digest, path in folder.contents():
        if not path.name.endswith(".thumbnail"):
            assert folder.digest_of(path) == digest
    file = store(picture(), name="x", allowed=ALL)
    assert folder.digest_of(path_of(file)) == file.sha256
    assert File.objects.count() == 1


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"GIF89a"]),
)
def test_any_bytes_are_refused_or_kept_never_a_fault(rest, head):
    with transaction.atomic(), contextlib.suppress(Refused):
        store(io.BytesIO(head + rest), name="x", allowed=ALL)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_same_content_sent_at_once_gives_one_row_and_no_error(files_folder):
    sent, start, kept, errors = pdf().getvalue(), threading.Barrier(6), [], []

    def send():
        try:
            start.wait(10)
            for _time in range(5):
                with transaction.atomic():
                    file = store(io.BytesIO(sent), name="x", allowed=ALL)
                    Enclosure.objects.create(file=file)
                kept.append(file.pk)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert errors == []
    assert len(kept) == 30
    assert File.objects.count() == len(set(kept)) == 1
    assert len(on_disk(files_folder)) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_sweep_and_upload_at_once_never_part_a_row_from_its_content(monkeypatch):
    monkeypatch.setattr(actions, "GRACE", timedelta(0))
    monkeypatch.setattr(
        actions, "shutil", SimpleNamespace(rmtree=lambda *_any, **_options: None)
    )  # being made
    sent, stop, errors = pdf().getvalue(), threading.Event(), []

    def sweep():
        try:
            while not stop.is_set():
                drop_unlinked()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=sweep)
    thread.start()
    for _time in range(15):
        with transaction.atomic():
            file = store(io.BytesIO(sent), name="x", allowed=ALL)
            link = Enclosure.objects.create(file=file)
        assert folder.digest_of(path_of(file)) == file.sha256
        with transaction.atomic():
            link.delete()
            release(file)
    stop.set()
    thread.join(30)

    assert errors == []
