"""PDF: whole, open to inspection, and without anything that acts by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.documents.pdf_objects import END, GAP, packed_objects, plain
from prasan.kernel.refusals import Refused

_VALUE = rb"(?:<<|[0-9]{1,10}+" + GAP + rb"[0-9]{1,5}+" + GAP + rb"R)"  # a dictionary, here or elsewhere

# Names of ISO 32000-1, each with the section that says what it does. Links to pages of the web are let
# through: a reader follows them by hand. A short name counts only with its value behind it, because a
# photograph of some megabytes holds every three letters somewhere.
FORBIDDEN = (
    # 12.6.4.16, 7.7.4
    (rb"/JavaScript", gettext_lazy("This PDF holds a script.")),
    # 12.6.4.5
    (rb"/Launch" + END, gettext_lazy("This PDF starts a program.")),
    # 7.11.4, 12.5.6.15; PDF 2.0 14.13
    (
        rb"/(?:EmbeddedFile|FileAttachment|EF" + GAP + _VALUE + rb")",
        gettext_lazy("This PDF carries other files inside."),
    ),
    # 12.7.8
    (
        rb"/XFA" + GAP + rb"(?:\[|" + _VALUE + rb")",
        gettext_lazy("This PDF is a form of the kind XFA, which can change what it shows."),
    ),
    # 12.7.5.2
    (rb"/SubmitForm" + END, gettext_lazy("This PDF sends what is filled in to another address.")),
    # 12.7.5.4
    (rb"/ImportData" + END, gettext_lazy("This PDF takes in data from another file.")),
    # 12.6.4.3, 12.6.4.4, 12.6.4.6, 7.11.5, 7.3.8.2
    (
        rb"/(?:GoTo[RE]|Thread|FFilter|FS" + GAP + rb"/URL)" + END,
        gettext_lazy("This PDF opens another file."),
    ),
    # 13.2 to 13.6; supplement to ISO 32000-1, extension level 3
    (
        rb"/(?:RichMedia|(?:Movie|Sound|Rendition|GoTo3DView)" + END + rb"|3DD" + GAP + _VALUE + rb")",
        gettext_lazy("This PDF holds a film, a sound or a 3D model."),
    ),
    # 12.6.3
    (rb"/AA" + GAP + _VALUE, gettext_lazy("This PDF does something by itself when it is opened.")),
)
_FORBIDDEN = tuple((re.compile(names, re.DOTALL), fault) for names, fault in FORBIDDEN)


def check_pdf(content: bytes) -> None:
    """Refuse what is not a whole PDF, what is locked, and what does more than show its pages."""
    if not content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Refused(_("This PDF is damaged or incomplete. Please save it again and send it once more."))
    for part in _readable_parts(content):
        if b"/Encrypt" in part:
            raise Refused(
                _("This PDF is locked, so it cannot be checked. Please save it without a password.")
            )
        for names, fault in _FORBIDDEN:
            if names.search(part):
                raise Refused(_("%(fault)s Please print it to a plain PDF and send that.") % {"fault": fault})


def _readable_parts(content: bytes) -> Iterator[bytes]:
    """The file itself, with every version it had, then each packed collection of objects in it."""
    yield plain(content)
    for part in packed_objects(content):
        yield plain(part)
