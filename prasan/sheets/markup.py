"""Streaming through the XML of an office file: no entities, no endless nesting, no endless token."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from xml.parsers import expat

from prasan.sheets.faults import SheetFault

Attributes = dict[str, str]

_DEEPEST: Final = 100
_LONGEST_TOKEN: Final = 4_000_000


def walk(
    chunks: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Call back for each element, by its name without prefix; yields after every chunk."""
    parser = expat.ParserCreate()
    depth = 0
    local_names: dict[str, str] = {}

    def local(name: str) -> str:
        if len(local_names) > 10_000:
            raise SheetFault("file.forbidden_markup")
        return local_names.setdefault(name, name.rpartition(":")[2])

    def started(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise SheetFault("file.forbidden_markup")
        start(local_names.get(name) or local(name), attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(local_names[name])

    def declared(*_: object) -> None:
        raise SheetFault("file.forbidden_markup")

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = declared
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
