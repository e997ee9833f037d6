"""The form of a need as the browser of a village head sends it: the token of its page, a key of its own."""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass
from uuid import UUID, uuid4

from bench.signing_in import demo_login, signed_in
from prasan.cli.run import HOST

FORM = "/needs/new/"
WORDS = (
    "หนองน้ำกลางหมู่บ้านตื้นเขิน เดือนมีนาคมถึงพฤษภาคมน้ำแห้ง ชาวบ้านต้องซื้อน้ำจากรถเร่ทุกสัปดาห์ "
    "เคยขุดลอกเมื่อสิบปีก่อน ขอให้ขุดลอกและทำทางน้ำเข้าใหม่"
)


@dataclass(frozen=True, slots=True)
class Form:
    """What a browser that has opened the form knows, and fills in."""

    cookie: str
    token: str
    area: str
    sector: str
    point: tuple[str, str]

    def filled(
        self, title: str, form_key: UUID | None = None, photograph: bytes = b""
    ) -> tuple[str, bytes, dict[str, str]]:
        """The address, the body and the headers of one sending; the same key makes it the same form."""
        key = str(form_key or uuid4())
        fields = {
            "csrfmiddlewaretoken": self.token,
            "form_key": key,
            "title": title,
            "area": self.area,
            "sector": self.sector,
            "households": "40",
            "description": WORDS,
            "point_latitude": self.point[0],
            "point_longitude": self.point[1],
        }
        mark = key.replace("-", "")
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        if photograph:
            words = f'--{mark}\r\nContent-Disposition: form-data; name="taken"; filename="pond.jpg"\r\n'
            parts.append(f"{words}Content-Type: image/jpeg\r\n\r\n".encode() + photograph + b"\r\n")
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        headers = {
            "Cookie": self.cookie,
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Content-Length": str(len(body)),
        }
        return f"{FORM}?form_key={key}", body, headers


def opened_form(port: int) -> Form:
    """Sign in as a village head and open the form of a need."""
    cookie = signed_in(port, demo_login("village_head"))
    asked = urllib.request.Request(f"http://{HOST}:{port}{FORM}", headers={"Cookie": cookie})
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - the site that was started here
        page = answer.read().decode()
    west, south, east, north = map(float, _found(r'data-around="([^"]+)"', page).split(","))
    return Form(
        cookie=cookie,
        token=_found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page),
        area=_found(r'name="area".*?<option value="(\d{8})"', page),
        sector=_found(r'name="sector".*?<option value="(\w+)"', page),
        point=(f"{(south + north) / 2:.6f}", f"{(west + east) / 2:.6f}"),
    )


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    if found is None:
        raise RuntimeError(f"the form of a need has no {pattern}")
    return found[1]
