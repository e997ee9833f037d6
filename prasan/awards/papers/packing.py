"""Many certificates into one ZIP, each set once, also where the work was cut off in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from prasan.awards.papers.certificate import Paper, certificate_pdf
from prasan.awards.papers.shelf import PACKED
from prasan.documents.face import fonts
from prasan.documents.making import Tell
from prasan.documents.shelf import empty

_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A certificate and the name that it has in the ZIP, with its folder."""

    name: str
    paper: Paper


def pack(folder: Path, content: str, leaves: Sequence[Leaf], tell: Tell) -> None:
    """Set every certificate that is not set yet, and pack all; what stands there of another content goes."""
    marker = folder / _CONTENT
    if not marker.exists() or marker.read_text() != content:
        empty(folder)
        marker.write_text(content)
    pages = [folder / f"{number:05}.pdf" for number in range(len(leaves))]
    for number, (leaf, page) in enumerate(zip(leaves, pages, strict=True)):
        tell(number, len(leaves))
        if not page.exists():
            draft = folder / "draft"
            draft.write_bytes(certificate_pdf(leaf.paper, fonts()))
            draft.replace(page)
    tell(len(leaves), len(leaves))
    draft = folder / "draft"
    with ZipFile(draft, "w", ZIP_STORED) as packed:
        for leaf, page in zip(leaves, pages, strict=True):
            packed.write(page, leaf.name)
    draft.replace(folder / PACKED)
