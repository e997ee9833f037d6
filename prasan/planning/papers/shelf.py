"""The shelf on which finished books stand."""

from __future__ import annotations

from typing import Final

from prasan.documents.shelf import Shelf
from prasan.planning.papers.book import BOOK, BRIEFS

BOOKS: Final = Shelf("BOOKS_DIR", {"pdf": BOOK, "xlsx": BRIEFS})
