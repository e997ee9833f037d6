"""Streaming through the XML of an office file: no entities, no endless nesting, no endless token."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final
from xml.parsers import expat

from prasan.sheets.faults import SheetFault

Attributes = dict[str, str]
Starts = Mapping[str, Callable[[Attributes], None]]
Ends = Mapping[str, Callable[[], None]]

_DEEPEST: Final = 100
_MOST_NAMES: Final = 10_000
_LONGEST_TOKEN: Final = 4_000_000
_NO_ENDS: Final[Ends] = {}


def walk(
    chunks: Iterable[bytes],
    starts: Starts,
    ends: Ends = _NO_ENDS,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Call back where elements named without their prefix start and end; yields after every chunk."""
    parser = expat.ParserCreate()
    depth = 0
    known_starts: dict[str, Callable[[Attributes], None] | None] = {}
    known_ends: dict[str, Callable[[], None] | None] = {}

    def learn(name: str) -> None:
        if len(known_starts) > _MOST_NAMES:
            raise SheetFault("file.forbidden_markup")
        local = name.rpartition(":")[2]
        known_starts[name] = starts.get(local)
        known_ends[name] = ends.get(local)

    def started(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise SheetFault("file.forbidden_markup")
        if name not in known_starts:
            learn(name)
        if (call := known_starts[name]) is not None:
            call(attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if (call := known_ends[name]) is not None:
            call()

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = _declared
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TOKEN:
                raise SheetFault("file.forbidden_markup")
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise SheetFault("file.broken") from error


def walk_through(
    chunks: Iterable[bytes],
    starts: Starts,
    ends: Ends = _NO_ENDS,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for all elements of a part at one go."""
    for _ in walk(chunks, starts, ends, text):
        pass


def root_of(chunks: Iterable[bytes]) -> str:
    """The name, without its prefix, of the element that holds all others."""
    names: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: names.append(name)
    parser.StartDoctypeDeclHandler = _declared
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            if names:
                return names[0].rpartition(":")[2]
    except expat.ExpatError as error:
        raise SheetFault("file.broken") from error
    raise SheetFault("file.broken")


def _declared(*_: object) -> None:
    raise SheetFault("file.forbidden_markup")
