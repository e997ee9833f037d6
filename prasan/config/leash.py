"""Runs a program that is sent SIGNAL when the process that started it ends, however that ended.

    leash.py SIGNAL PARENT PROGRAM [ARGUMENT ...]

A file of its own, so that it starts in a few milliseconds without the packages of Prasan.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main(death_signal: str, parent: str, *command: str) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal))
    if os.getppid() != int(parent):
        sys.exit(1)  # it ended before the leash was on
    os.execvp(command[0], command)  # noqa: S606 - to become the program is what this file is for


if __name__ == "__main__":
    main(*sys.argv[1:])
