import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from prasan.config import folder as folder_module
from prasan.config.faults import Fault
from prasan.config.folder import SOURCE, DataFolder


def test_folder_is_var_beside_the_program_unless_chosen(tmp_path):
    assert DataFolder.chosen({}).path == SOURCE / "var"
    assert DataFolder.chosen({"PRASAN_DATA": str(tmp_path)}).path == tmp_path


def test_file_in_the_folders_place_is_named(tmp_path):
    (tmp_path / "data").write_text("")

    with pytest.raises(Fault, match="is a file, not a folder"):
        DataFolder(tmp_path / "data").make()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_is_named(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(Fault, match="cannot be written to"):
        DataFolder(tmp_path / "data").make()


def test_folder_where_nobody_can_write_is_named():
    with pytest.raises(Fault, match="cannot be written to"):
        DataFolder(Path("/proc/prasan")).make()


def test_too_little_space_is_a_full_disk(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(folder_module.shutil, "disk_usage", lambda path: usage._replace(free=10_000_000))

    with pytest.raises(Fault, match="The disk is full"):
        DataFolder(tmp_path).require_space(20)


def test_second_prasan_on_the_same_folder_is_told_who_holds_it(tmp_path):
    folder = DataFolder(tmp_path)
    folder.make()

    with folder.held(), pytest.raises(Fault, match=rf"Another prasan .*\(pid {os.getpid()}\)"), folder.held():
        pass


def test_folder_is_free_again_when_its_holder_was_killed(tmp_path):
    folder = DataFolder(tmp_path)
    folder.make()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from prasan.config.folder import DataFolder\n"
            "with DataFolder(Path(sys.argv[1])).held(): print('held', flush=True); time.sleep(60)",
            str(tmp_path),
        ],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline() == b"held\n"
    holder.kill()
    holder.communicate()

    with folder.held():
        assert (tmp_path / "run" / "lock").read_text() == f"{os.getpid()}\n"
