"""Binding many PDFs into one book: running page numbers, bookmarks, and a table of contents that leads on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

_SIZE: Final = 11
_FOOT: Final = 26.0
_FONT: Final = "/BookNumber"


def bind(
    target: str,
    *,
    front: str,
    parts: Sequence[str],
    digits: str,
    widths: Sequence[float],
    title: str,
    bookmarks: Sequence[Mapping[str, Any]],
    link: str,
) -> int:
    """Write the front and the parts, in their order, as one file; the number of its pages.

    Pages of the parts are numbered from 1 at their foot, in the ten digits that stand one by one in the file
    `digits`, which are so wide at one point. A bookmark has a title, a page of the body and its own below it.
    A link in the front to the word `link` and a number leads to that page of the body.
    The marks that tell screen readers what each piece of text is are lost: they do not outlive binding.
    """
    with ExitStack() as open_files:
        book = open_files.enter_context(Pdf.new())
        sources = [open_files.enter_context(Pdf.open(path)) for path in (front, *parts)]
        pages, leading = _taken(book, sources), len(sources[0].pages)
        body = pages[leading:]
        numbers = _Numbers(book, open_files.enter_context(Pdf.open(digits)), widths)
        for number, page in enumerate(body, start=1):
            numbers.put(page, number)
        _lead_on(pages[:leading], body, link)
        with book.open_outline() as outline:
            outline.root.extend(_outline(bookmarks, body))
        _name(book, title, leading)
        book.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return len(pages)


def _taken(book: Pdf, sources: Sequence[Pdf]) -> list[pikepdf.Page]:
    """The pages of all sources as pages of the book, those of each on a branch of their own.

    Written into the tree of pages by hand: `book.pages.extend` walks through all that stand there each time.
    """
    pages: list[pikepdf.Page] = []
    branches = []
    for source in sources:
        branch = book.make_indirect(Dictionary(Type=Name.Pages, Parent=book.Root.Pages, Kids=Array()))
        kids = [book.copy_foreign(page.obj) for page in source.pages]
        for kid in kids:
            kid["/Parent"] = branch
            if "/StructParents" in kid:
                del kid["/StructParents"]
        branch["/Kids"], branch["/Count"] = Array(kids), len(kids)
        branches.append(branch)
        pages += [pikepdf.Page(kid) for kid in kids]
    book.Root.Pages["/Kids"], book.Root.Pages["/Count"] = Array(branches), len(pages)
    return pages


class _Numbers:
    """The digits of a typeface as codes of its own, to be shown on pages that were set without them."""

    def __init__(self, book: Pdf, drawn: Pdf, widths: Sequence[float]) -> None:
        page = drawn.pages[0]
        self._codes = [code for code in _shown(page) if code]
        if len(self._codes) != len(widths) or len(widths) != 10:
            raise ValueError(f"{len(self._codes)} digits were drawn")
        self._widths = widths
        (font, *others) = list(page.resources.Font.values())
        if others:
            raise ValueError("the digits are drawn in more than one typeface")
        self._font = book.copy_foreign(font)
        self._book = book

    def put(self, page: pikepdf.Page, number: int) -> None:
        """Show a number in the middle of the foot of a page."""
        figures = [int(figure) for figure in str(number)]
        width = sum(self._widths[figure] for figure in figures) * _SIZE
        left = (float(page.mediabox[2]) - width) / 2
        codes = "".join(self._codes[figure] for figure in figures)
        shown = (
            f"/Artifact BMC q 0 g BT {_FONT} {_SIZE} Tf 1 0 0 1 {left:.2f} {_FOOT} Tm <{codes}> Tj ET Q EMC"
        )
        fonts = page.resources.get("/Font")
        if fonts is None:
            fonts = page.resources["/Font"] = Dictionary()
        fonts[_FONT] = self._font
        page.contents_add(shown.encode("ascii"))


def _shown(page: pikepdf.Page) -> Iterable[str]:
    """What each operator of the page that shows text shows, as hexadecimal codes."""
    for told in pikepdf.parse_content_stream(page, "Tj TJ"):
        if isinstance(told, pikepdf.ContentStreamInstruction) and str(told.operator) in ("Tj", "TJ"):
            pieces: Iterable[Any] = told.operands if str(told.operator) == "Tj" else told.operands[0]
            yield "".join(bytes(piece).hex() for piece in pieces if isinstance(piece, pikepdf.String))


def _lead_on(front: Sequence[pikepdf.Page], body: Sequence[pikepdf.Page], link: str) -> None:
    for page in front:
        for note in page.obj.get("/Annots", ()):
            act = note.get("/A")
            address = str(act.get("/URI", "")) if act is not None else ""
            if address.startswith(link):
                del note["/A"]
                note["/Dest"] = _at(body[int(address.removeprefix(link)) - 1])


def _at(page: pikepdf.Page) -> Array:
    return Array([page.obj, Name.Fit])


def _outline(bookmarks: Sequence[Mapping[str, Any]], body: Sequence[pikepdf.Page]) -> list[OutlineItem]:
    entries = []
    for bookmark in bookmarks:
        entry = OutlineItem(bookmark["title"], _at(body[bookmark["page"] - 1]))
        entry.children.extend(_outline(bookmark.get("below", ()), body))
        entry.is_closed = True
        entries.append(entry)
    return entries


def _name(book: Pdf, title: str, leading: int) -> None:
    """Say what the book is called, and number its pages in a reader as they are printed."""
    book.docinfo["/Title"] = title
    root = book.Root
    root["/Lang"] = "th-TH"
    root["/PageMode"] = Name.UseOutlines
    root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    front = Dictionary(S=Name("/r"))
    body = Dictionary(S=Name("/D"), St=1)
    root["/PageLabels"] = Dictionary(Nums=Array([0, front, leading, body]))
