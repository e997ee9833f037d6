import os
import signal
import subprocess
import sys
import time

from prasan.config import processes

FAITHFUL = "import time; print('here', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + FAITHFUL


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid):
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def test_leashed_program_ends_when_its_starter_is_killed():
    starter = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys, time; from prasan.config import processes\n"
            "child = subprocess.Popen(processes.leashed([sys.executable, '-c', sys.argv[1]]),"
            " stdout=subprocess.PIPE)\n"
            "child.stdout.readline(); print(child.pid, flush=True); time.sleep(60)",
            FAITHFUL,
        ],
        stdout=subprocess.PIPE,
    )
    child = int(starter.stdout.readline())
    assert is_alive(child)

    starter.kill()
    starter.communicate()

    assert wait_until_gone(child)


def test_stop_kills_what_does_not_obey_and_all_it_started(tmp_path):
    grandchild = tmp_path / "pid"
    process = processes.start(
        ["/bin/sh", "-c", f"trap '' TERM; sleep 60 & echo $! > {grandchild}; wait; wait"], log=None
    )
    while not (grandchild.exists() and grandchild.read_text()):
        time.sleep(0.02)

    processes.stop(process, (signal.SIGTERM, 0.1))

    assert process.returncode == -signal.SIGKILL
    assert wait_until_gone(int(grandchild.read_text()))


def test_leftovers_are_found_by_their_mark_and_ended(tmp_path):
    environment = os.environ | {processes.MARK: str(tmp_path)}
    left = subprocess.Popen([sys.executable, "-c", STUBBORN], env=environment, stdout=subprocess.PIPE)
    other = subprocess.Popen([sys.executable, "-c", FAITHFUL], stdout=subprocess.PIPE)
    assert left.stdout.readline() == other.stdout.readline() == b"here\n"

    def find():
        return [pid for pid in processes.all_pids() if processes.is_marked(pid, tmp_path)]

    def pause(seconds):
        left.poll()  # or it stays behind as a zombie of ours
        time.sleep(seconds)

    assert find() == [left.pid]
    processes.end_leftovers(find, signal.SIGTERM, 0.2, pause)

    assert left.wait(5) == -signal.SIGKILL
    assert other.poll() is None
    other.kill()
    for process in (left, other):
        process.communicate()
