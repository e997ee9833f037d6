"""The shelf of cookbooks: each version is set once, and anew where words or the way of setting changed."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.utils.translation import override

from prasan import __version__
from prasan.documents.shelf import Shelf, empty
from prasan.innovations.models import CookbookVersion
from prasan.innovations.papers.cookbook import (
    SOURCE,
    CookbookWords,
    cookbook_pdf,
    words_of_cookbook,
    write_cookbook,
)

THAI: Final = "th"
"""The language of official papers, whatever the reader's."""
KINDS: Final = ("pdf", "docx")
_MADE_OF: Final = "mark"
"""Kind of the file that says of what the two papers were made; it comes to its place after them."""
COOKBOOKS: Final = Shelf(
    "COOKBOOKS_DIR", {"pdf": "cookbook.pdf", "docx": "cookbook.docx", _MADE_OF: "made-of.txt"}
)
_A_MOMENT: Final = 0.05


def kept_paper(version: CookbookVersion, kind: str) -> tuple[Path, str]:
    """Where the paper of a published version stands, and the mark of its content; made if it is not there.

    Of several who ask at once one makes it and the others wait for it.
    """
    with override(THAI):
        words = words_of_cookbook(version)
    mark = _mark_of(words)
    while not _is_made_of(version.pk, mark):
        with COOKBOOKS.workplace(version.pk) as folder:
            if folder is None:
                time.sleep(_A_MOMENT)
            elif not _is_made_of(version.pk, mark):  # by whoever had the workplace before
                _make(version, words, mark, folder)
    return COOKBOOKS.place_of(version.pk, kind), mark


def _make(version: CookbookVersion, words: CookbookWords, mark: str, folder: Path) -> None:
    empty(folder)
    with override(THAI):
        (folder / COOKBOOKS.files["pdf"]).write_bytes(cookbook_pdf(words))
        with (folder / COOKBOOKS.files["docx"]).open("wb") as stream:
            write_cookbook(stream, words)
    (folder / COOKBOOKS.files[_MADE_OF]).write_text(mark, "ascii")
    COOKBOOKS.shelve(version.pk, folder)
    earlier = CookbookVersion.objects.filter(cookbook=version.cookbook_id, number__lt=version.number)
    for key in COOKBOOKS.standing().intersection(earlier.values_list("pk", flat=True)):
        COOKBOOKS.discard(key)  # readers see the last version only


def _is_made_of(key: int, mark: str) -> bool:
    if not COOKBOOKS.is_shelved(key):
        return False
    return COOKBOOKS.place_of(key, _MADE_OF).read_text("ascii") == mark


def _mark_of(words: CookbookWords) -> str:
    """Another one whenever the words, the typesetting or the release is."""
    told = json.dumps(asdict(words), ensure_ascii=False, sort_keys=True)
    return sha256("\n".join((__version__, SOURCE, told)).encode()).hexdigest()
