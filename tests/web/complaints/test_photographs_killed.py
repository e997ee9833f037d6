"""A process killed in the middle of taking photographs in leaves nothing half done."""

import os
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from prasan.complaints.models import Complaint, Photograph, Print, Sender
from prasan.documents.actions import GRACE, drop_unlinked
from prasan.documents.models import File
from prasan.ledger.models import Entry
from tests.factories.agencies import make_area
from tests.factories.complaints import VILLAGE
from tests.factories.photographs import as_file, make_view
from tests.killing import killed_when

NEW = reverse("complaints:new")
PROGRAM = """
import time
from pathlib import Path
from uuid import UUID
settings.FILES_DIR = Path({files!r})
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
import {place} as place
plain, done = place.{act}, []

def stopping(*given, **named):
    done.append(plain(*given, **named))
    if len(done) == {after}:
        (settings.FILES_DIR / "reached").touch()
        time.sleep(60)
    return done[-1]

place.{act} = stopping
pictures = [
    SimpleUploadedFile(f"{{path.name}}.jpg", path.read_bytes())
    for path in sorted(Path({pictures!r}).iterdir())
]
Client(SERVER_NAME="localhost").post({address!r}, {{**{given!r}, "pictures": pictures}})
"""
STORING = ("prasan.documents.folder", "put")
PRINTING = ("prasan.complaints.actions.photograph", "prints_of")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("stop", "after"), [(STORING, 5), (PRINTING, 2)])
def test_process_killed_while_photographs_come_leaves_nothing_and_the_form_can_be_sent_again(
    client, settings, tmp_path, stop, after
):
    settings.FILES_DIR = tmp_path / "files"
    pictures = tmp_path / "pictures"
    for folder in (settings.FILES_DIR, pictures):
        folder.mkdir()
    for seed in range(3):
        (pictures / str(seed)).write_bytes(as_file(make_view(seed, (320, 240))))
    given = {
        "words": "ถนนหน้าวัดเป็นหลุมลึก รถล้มทุกคืน",
        "area": make_area(VILLAGE).pk,
        "manner": "confidential",
        "name": "สมชาย ใจดี",
        "form_key": str(uuid4()),
    }
    place, act = stop
    program = PROGRAM.format(
        files=str(settings.FILES_DIR),
        pictures=str(pictures),
        place=place,
        act=act,
        after=after,
        address=NEW,
        given=given,
    )

    killed_when(program, (settings.FILES_DIR / "reached").exists)

    (settings.FILES_DIR / "reached").unlink()
    _until_the_server_has_noticed()
    tables = (Complaint, Sender, Photograph, Print)
    assert [table.objects.count() for table in tables] == [0] * len(tables)
    assert not Entry.objects.exists()
    _grow_old(settings.FILES_DIR)
    drop_unlinked()
    assert not File.objects.exists()
    assert [path for path in settings.FILES_DIR.rglob("*") if path.is_file()] == []

    sent = [SimpleUploadedFile(f"{path.name}.jpg", path.read_bytes()) for path in sorted(pictures.iterdir())]
    assert client.post(NEW, {**given, "pictures": sent}).status_code == 200
    assert Complaint.objects.get().photographs.count() == File.objects.count() == 3


def _until_the_server_has_noticed():
    """Wait for the locks of the killed process to go: its transaction ends when its connection breaks."""
    deadline = time.monotonic() + 20
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend'"
            )
            if cursor.fetchone()[0] == 0:
                return
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _grow_old(folder):
    """As if hours had gone by since."""
    then = time.time() - GRACE.total_seconds() - 60
    for path in folder.rglob("*"):
        os.utime(path, (then, then))
    File.objects.update(stored_at=timezone.now() - GRACE - timedelta(minutes=1))
