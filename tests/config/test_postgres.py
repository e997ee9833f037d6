import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from prasan.config import postgres, processes
from prasan.config.faults import Fault
from prasan.config.folder import DataFolder


def ask(folder, question):
    with psycopg.connect(postgres.database_url(folder.path)) as connection:
        return connection.execute(question).fetchone()[0]


def tell(folder, *statements):
    with psycopg.connect(postgres.database_url(folder.path)) as connection:
        for statement in statements:
            connection.execute(statement)


def server_processes(folder):
    return [pid for pid in processes.all_pids() if processes.is_postgres_of(pid, folder.cluster)]


def test_new_database_finds_thai_words_and_keeps_itself_private(tmp_path, server_of):
    folder = DataFolder(tmp_path)
    folder.make()

    server_of(folder).start()

    tell(folder, "CREATE EXTENSION pg_trgm")
    assert len(ask(folder, "SELECT show_trgm('น้ำท่วม')")) == 8
    assert ask(folder, "SHOW listen_addresses") == ""
    assert ask(folder, "SHOW data_checksums") == "on"
    assert ask(folder, "SELECT 'ก' ~ '[[:alpha:]]'") is True
    assert stat.S_IMODE(folder.password.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.cluster.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.run.stat().st_mode) == 0o700


def test_durable_database_writes_through_to_the_disk(folder, server_of):
    server_of(folder, durable=True).start()

    guards = ("fsync", "synchronous_commit", "full_page_writes")
    assert [ask(folder, f"SHOW {name}") for name in guards] == ["on", "on", "on"]


def test_wrong_password_is_turned_away(folder, server_of):
    server_of(folder).start()
    parts = postgres.settings_for(folder.path)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=parts["HOST"], user="prasan", password="guess", dbname="prasan")


def test_what_was_committed_survives_killing_every_server_process(folder, server_of):
    server_of(folder, durable=True).start()
    tell(folder, "CREATE TABLE kept (n int)", "INSERT INTO kept SELECT generate_series(1, 1000)")

    processes.end(server_processes(folder), signal.SIGKILL)
    begin = time.monotonic()
    server_of(folder, durable=True).start()

    assert ask(folder, "SELECT count(*) FROM kept") == 1000
    assert time.monotonic() - begin < 15


def test_server_ends_with_the_process_that_started_it(folder):
    starter = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from prasan.config.folder import DataFolder\n"
            "from prasan.config.postgres import Server\n"
            "server = Server(DataFolder(Path(sys.argv[1]))); server.start(); print('up', flush=True)\n"
            "time.sleep(60)",
            str(folder.path),
        ],
        stdout=subprocess.PIPE,
    )
    assert starter.stdout.readline() == b"up\n"
    assert server_processes(folder) != []

    starter.kill()
    starter.communicate()

    deadline = time.monotonic() + 10
    while server_processes(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server_processes(folder) == []


def test_lock_file_whose_number_is_another_programs_now_does_not_stop_a_start(folder, server_of):
    words = f"{os.getppid()}\n{folder.cluster}\n1\n5432\n{folder.run}\n\n\n\n"
    (folder.cluster / "postmaster.pid").write_text(words)
    (folder.run / ".s.PGSQL.5432.lock").write_text(words)

    server_of(folder).start()

    assert ask(folder, "SELECT 1") == 1


def test_folder_with_a_long_name_gets_its_socket_elsewhere(stopped_cluster, tmp_path, server_of):
    long = tmp_path / ("ข้อมูล" * 12)
    subprocess.run(["cp", "-r", str(stopped_cluster), str(long)], check=True)
    folder = DataFolder(long)

    server_of(folder).start()

    place = Path(str(postgres.settings_for(long)["HOST"]))
    assert ask(folder, "SELECT 1") == 1
    assert not place.is_relative_to(long)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_socket_folder_prepared_by_somebody_else_is_refused(stopped_cluster, tmp_path, server_of):
    long = tmp_path / ("d" * 110)
    subprocess.run(["cp", "-r", str(stopped_cluster), str(long)], check=True)
    folder = DataFolder(long)
    place = postgres.socket_folder(folder)
    place.mkdir(mode=0o700)
    place.chmod(0o777)

    with pytest.raises(Fault, match="is not private"):
        server_of(folder).start()

    place.rmdir()


def test_cluster_of_another_version_is_named(folder, server_of):
    (folder.cluster / "PG_VERSION").write_text("15\n")

    with pytest.raises(Fault, match="belongs to PostgreSQL 15, but this program runs 18"):
        server_of(folder).start()


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ("PG_VERSION", "PG_VERSION is missing"),
        ("global/pg_control", "pg_control"),
        ("postgresql.conf", "postgresql.conf"),
        ("../postgres_password", "postgres_password is missing"),
    ],
)
def test_broken_cluster_is_one_sentence(folder, server_of, lost, reason):
    (folder.cluster / lost).unlink()

    with pytest.raises(Fault) as caught:
        server_of(folder).start()

    assert caught.value.en.startswith(f"The database in {folder.cluster} is damaged or incomplete")
    assert reason in caught.value.en
    assert "\n" not in caught.value.th + caught.value.en


def test_garbled_control_file_is_one_sentence(folder, server_of):
    (folder.cluster / "global" / "pg_control").write_bytes(b"\xff" * 8192)

    with pytest.raises(Fault, match="is damaged or incomplete"):
        server_of(folder).start()


def test_half_made_cluster_of_a_killed_start_is_cleared(tmp_path, server_of):
    folder = DataFolder(tmp_path)
    folder.make()
    (tmp_path / "postgres-new-killed").mkdir()
    (tmp_path / "postgres-new-killed" / "PG_VERSION").write_text("18")

    server_of(folder).start()

    assert sorted(path.name for path in tmp_path.glob("postgres*")) == ["postgres", "postgres_password"]


def test_command_starts_the_database_for_itself_and_stops_it_again(folder):
    with postgres.available(folder):
        assert ask(folder, "SELECT 1") == 1

    assert server_processes(folder) == []


def test_command_uses_the_database_that_runs(folder, server_of):
    server = server_of(folder)
    with folder.held():
        server.start()

        with postgres.available(folder):
            during = ask(folder, "SELECT pg_postmaster_start_time()")

        assert server.is_alive
        assert ask(folder, "SELECT pg_postmaster_start_time()") == during
