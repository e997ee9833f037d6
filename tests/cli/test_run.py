import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import termios
import time
from contextlib import suppress

import psycopg
import pytest

from prasan.cli import run
from prasan.config import postgres, processes
from prasan.config.faults import Fault
from tests.cli.conftest import ready_copy

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # several whole starts on a busy machine


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def processes_of(folder):
    return [
        pid
        for pid in processes.all_pids()
        if processes.is_marked(pid, folder.path) or processes.is_postgres_of(pid, folder.cluster)
    ]


def processes_named(folder, words):
    found = set()
    for pid in processes_of(folder):
        with suppress(OSError), open(f"/proc/{pid}/cmdline") as file:  # it may just have ended
            if words in file.read().replace("\0", " "):
                found.add(pid)
    return found


class Prasan:
    """A whole `prasan run` of a data folder."""

    def __init__(self, folder, port=None, **environment):
        self.folder = folder
        self.port = port or free_port()
        given = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        self.environment = given | {"PRASAN_DATA": str(folder.path), "PORT": str(self.port)} | environment
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "prasan.cli.main", "run"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self

    def wait_until_it_serves(self):
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                return said
        raise AssertionError(f"it ended instead: {said}")

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def end(self, number=signal.SIGINT):
        """Its exit code and what it said last."""
        self.process.send_signal(number)
        said = self.process.communicate(timeout=60)[0]
        return self.process.returncode, said

    def kill_everything(self):
        processes.end([self.process.pid, *processes_of(self.folder)], signal.SIGKILL)
        self.process.communicate()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.process is not None and self.process.poll() is None:
            self.kill_everything()


@pytest.fixture
def prasan(folder):
    with Prasan(folder) as made:
        yield made


@pytest.fixture(scope="module")
def lasting(prepared, tmp_path_factory):
    """One that serves from test to test, whatever each does to it."""
    with Prasan(ready_copy(prepared, tmp_path_factory.mktemp("lasting") / "data")) as made:
        made.start().wait_until_it_serves()
        yield made


def take_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def tell(folder, *statements):
    with psycopg.connect(postgres.database_url(folder.path)) as connection:
        return [connection.execute(statement).statusmessage for statement in statements]


def test_serves_until_it_is_told_to_stop_and_leaves_nothing(prasan, folder):
    said = prasan.start().wait_until_it_serves()

    assert f"http://127.0.0.1:{prasan.port}/" in said
    assert prasan.answers()
    assert len(processes_named(folder, "granian")) >= 1
    assert len(processes_named(folder, "prasan.cli.main worker")) == 1

    code, said = prasan.end(signal.SIGINT)

    assert (code, said.strip()) == (0, "หยุดเรียบร้อยแล้ว · stopped")
    assert processes_of(folder) == []
    assert "database system is shut down" in folder.log("postgres").read_text()


def test_a_second_one_is_turned_away_from_the_same_folder_and_from_the_same_port(lasting, tmp_path):
    folder = lasting.folder

    same_folder = Prasan(folder).start().process.communicate(timeout=30)[0].splitlines()
    elsewhere = Prasan(type(folder)(tmp_path / "other"), port=lasting.port)
    same_port = elsewhere.start().process.communicate(timeout=30)[0].splitlines()

    assert [len(same_folder), len(same_port)] == [2, 2]
    assert f"Another prasan is using the data folder {folder.path}" in same_folder[1]
    assert f"Port {lasting.port} is in use by another program" in same_port[1]
    assert elsewhere.process.returncode == 1
    assert not elsewhere.folder.cluster.exists()  # the port is tried before anything heavy
    assert lasting.answers()


def test_two_stand_side_by_side(lasting, prasan, folder):
    prasan.start().wait_until_it_serves()

    assert lasting.answers()
    assert prasan.end(signal.SIGHUP)[0] == 0
    assert processes_of(folder) == []
    assert lasting.answers()


def test_a_killed_whole_starts_again_with_everything_that_was_written(lasting):
    folder = lasting.folder
    tell(folder, "CREATE TABLE kept (n int)", "INSERT INTO kept SELECT generate_series(1, 1000)")

    lasting.kill_everything()
    lasting.start().wait_until_it_serves()

    assert tell(folder, "SELECT * FROM kept") == ["SELECT 1000"]


def test_a_killed_supervisor_leaves_nothing_in_the_way(lasting):
    before = set(processes_of(lasting.folder))
    lasting.process.kill()
    lasting.process.communicate()

    lasting.start().wait_until_it_serves()

    assert lasting.answers()
    assert before & set(processes_of(lasting.folder)) == set()


def test_each_killed_part_is_started_again(lasting):
    folder = lasting.folder
    for name in ("granian", "prasan.cli.main worker", "postgres"):
        killed = processes_named(folder, name)
        assert killed != set()
        processes.end(killed, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while not processes_named(folder, name) - killed:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        lasting.wait_until_it_answers()

    code, said = lasting.end(signal.SIGTERM)
    assert code == 0
    for name in ("site", "worker", "database"):
        assert f"the {name} ended by itself and is started again" in said


def test_closing_the_terminal_below_make_stops_everything(prasan, folder):
    leader, terminal = os.openpty()
    prasan.process = subprocess.Popen(
        # the shell stands in for make, which keeps the signal to itself
        ["/bin/sh", "-c", 'trap : HUP; "$@"', "make", sys.executable, "-m", "prasan.cli.main", "run"],
        env=prasan.environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        preexec_fn=take_terminal,
    )
    os.close(terminal)
    prasan.wait_until_it_answers()

    os.close(leader)

    prasan.process.wait(60)
    assert processes_of(folder) == []


def test_a_child_that_cannot_live_ends_everything_with_one_sentence(folder):
    prasan = Prasan(folder, DATABASE_POOL="none")

    said = prasan.start().process.communicate(timeout=60)[0].splitlines()

    assert prasan.process.returncode == 1
    assert "keeps ending by itself" in said[-1]
    assert "Traceback" not in "\n".join(said)
    assert processes_of(folder) == []


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "๘๐๐๐"])
def test_port_that_is_none_is_named(text):
    with pytest.raises(Fault, match=f"PORT={text} is not a port"):
        run.chosen_port(text)


def test_port_is_8000_unless_chosen():
    assert run.chosen_port("") == 8000
    assert run.chosen_port("8010") == 8010


def test_long_log_moves_aside_once(tmp_path, monkeypatch):
    from prasan.cli import supervision

    monkeypatch.setattr(supervision, "LOG_LIMIT", 100)
    log = tmp_path / "site.log"
    with log.open("ab") as writer:
        writer.write(b"early\n" * 100)
        writer.flush()

        supervision.bound(log)
        writer.write(b"late\n")

    assert log.read_bytes() == b"late\n"
    assert (tmp_path / "site.log.1").read_bytes() == b"early\n" * 100
