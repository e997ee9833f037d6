"""The form of a complaint as the browser of an officer at the counter sends it."""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID, uuid4

from bench.signing_in import demo_login, signed_in
from prasan.cli.run import HOST
from prasan.kernel.digits import to_arabic

FORM = "/complaints/take-in/"
WORDS = "ไฟทางปากซอยดับมาสามวันแล้ว มืดมาก เดินกลับบ้านลำบาก ขอให้มาซ่อมด้วย"
RECEIPT = re.compile(r"<strong[^>]*>([๐-๙\d]{2}-[๐-๙\d]{4}-[๐-๙\d]{4})</strong>")


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """What a browser that has opened the form knows, and fills in."""

    cookie: str
    token: str
    area: str

    def filled(self, title: str, form_key: UUID | None = None) -> tuple[str, bytes, dict[str, str]]:
        """The address, the body and the headers of one sending; the same key makes it the same form."""
        key = str(form_key or uuid4())
        fields = {
            "csrfmiddlewaretoken": self.token,
            "form_key": key,
            "channel": "counter",
            "words": f"{title}: {WORDS}",
            "area": self.area,
            "kind": "lighting",
            "manner": "anonymous",
            "seen": "1",
        }
        body = urlencode(fields).encode()
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
        }
        return f"{FORM}?form_key={key}", body, headers


def opened_complaint_form(port: int) -> ComplaintForm:
    """Sign in as an officer of a centre and open the form."""
    login = demo_login("complaint_officer")
    cookie = signed_in(port, login)
    asked = urllib.request.Request(f"http://{HOST}:{port}{FORM}", headers={"Cookie": cookie})
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - the site that was started here
        page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the form of a complaint has no token")
    return ComplaintForm(cookie, token[1], login["area"])


def receipt_shown(page: bytes) -> str:
    """The number on the receipt that a page shows; empty where it shows none."""
    found = RECEIPT.search(page.decode(errors="replace"))
    return to_arabic(found[1]) if found else ""
