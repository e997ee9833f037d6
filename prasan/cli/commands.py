"""How a room adds its commands: each says what it needs, and gets no more than that.

A room's file imports only what it can without Django and takes the rest inside its functions, because Django
is set up between reading the command line and running the command, and only where the command needs it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from enum import Enum
from typing import Any, NoReturn

Run = Callable[[argparse.Namespace], int | None]
LANGUAGE_HELP = "ภาษาของสิ่งที่พิมพ์ออกมา · the language of what is printed"


class Need(Enum):
    """What must be there before a command runs."""

    NOTHING = "nothing"
    DJANGO = "Django, but no database"
    DATABASE = "Django and the database"


class _Usage(argparse.HelpFormatter):
    """Help under headings in both languages."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The line that shows what may be typed."""
        super().add_usage(usage, actions, groups, "วิธีใช้ · usage: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A command's arguments, explained in both languages."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=_Usage, add_help=False)
        self._positionals.title = "สิ่งที่ต้องระบุ · arguments"
        self._optionals.title = "ตัวเลือก · options"
        self.add_argument("-h", "--help", action=self.helping, help="แสดงวิธีใช้นี้ · show this help")

    helping = "help"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read on, and end as a command typed wrongly does."""
        self.print_usage(sys.stderr)
        self.exit(
            2,
            f"คำสั่งไม่ครบหรือไม่ถูกต้อง กรุณาดูวิธีใช้ด้วย {self.prog} --help\n"
            f"Not understood: {message}. Please see {self.prog} --help.\n",
        )


class _Root(Parser):
    """The command line without a command: its help is the list of all commands."""

    helping = "store_true"


class Commands:
    """The command line, as the rooms fill it."""

    def __init__(self) -> None:
        self.parser: argparse.ArgumentParser = _Root(prog="prasan")
        self._groups = {"": self.parser.add_subparsers(metavar="COMMAND", parser_class=Parser)}
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
        parser = self._groups[group].add_parser(word, description=summary, help=summary)
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
