"""How a room adds its commands: each says what it needs, and gets no more than that.

A room's file imports only what it can without Django and takes the rest inside its functions, because Django
is set up between reading the command line and running the command, and only where the command needs it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from enum import Enum

Run = Callable[[argparse.Namespace], int | None]


class Need(Enum):
    """What must be there before a command runs."""

    NOTHING = "nothing"
    DJANGO = "Django, but no database"
    DATABASE = "Django and the database"


class Commands:
    """The command line, as the rooms fill it."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(prog="prasan", add_help=False)
        self.parser.add_argument("-h", "--help", action="store_true")
        self._groups = {"": self.parser.add_subparsers(metavar="COMMAND")}
        self.rooms: dict[str, list[tuple[str, str]]] = {}
        self._title = ""

    def room(self, title: str) -> None:
        """List the commands that are added from here on under this title."""
        self._title = title

    def add(self, name: str, summary: str, run: Run, need: Need = Need.DATABASE) -> argparse.ArgumentParser:
        """Add a command and give its parser for arguments; "import villages" stands in the group "import"."""
        group, _, word = name.rpartition(" ")
        if group not in self._groups:
            of_group = self._groups[""].add_parser(group)
            self._groups[group] = of_group.add_subparsers(metavar="COMMAND", required=True)
        parser = self._groups[group].add_parser(word, description=summary)
        parser.set_defaults(run=run, need=need)
        self.rooms.setdefault(self._title, []).append((name, summary))
        return parser

    def listing(self) -> str:
        """Every command with its summary, room by room."""
        width = max(len(name) for lines in self.rooms.values() for name, _ in lines)
        rooms = [
            "\n".join([title, *(f"  prasan {name:<{width}}  {summary}" for name, summary in lines)])
            for title, lines in self.rooms.items()
        ]
        return "\n\n".join(rooms)
