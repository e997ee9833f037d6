"""Needs handed in a second over HTTP, against a plain view of the same site that inserts the same rows."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image

from bench.clients import OURS, REFERENCE, Act, Clients
from bench.figure import Figure
from bench.installation import Installation
from bench.page_shell import SETTINGS
from bench.sizes import Sizes
from bench.telling import Form, opened_form
from prasan.cli.run import HOST

PLAIN = "/bench/need/"
PHOTOGRAPH = "photograph"
WIDTH, HEIGHT = 2000, 1500


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Let several browsers of village heads send the form of a need, each time a new one."""
    installation.stop()
    installation.run(SETTINGS)
    forms = [opened_form(installation.port) for _client in range(sizes.clients)]
    arguments = [
        {"port": installation.port, "form": form, "name": f"{number}"} for number, form in enumerate(forms)
    ]
    with Clients("bench.need_submit:acts", arguments) as clients:
        ours, reference = clients.compare(sizes.rounds, sizes.round_seconds)
        clients.rate(PHOTOGRAPH, sizes.round_seconds / 2)
        with_photograph = clients.rate(PHOTOGRAPH, sizes.round_seconds * 2)
    installation.stop()
    yield Figure("need-submit", ours, reference, remark=f"{sizes.clients} clients, fsync on")
    yield Figure(
        "need-submit-photograph",
        with_photograph,
        remark=f"{sizes.clients} clients, {WIDTH} × {HEIGHT} points, {len(photograph()) / 1e6:.1f} MB each",
    )


def acts(port: int, form: Form, name: str) -> Mapping[str, Act]:
    """What one browser sends over one connection that stays open; anything but the redirect is a fault."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    numbers = count(1)
    picture = photograph()

    def send(address: str, body: bytes, headers: dict[str, str]) -> None:
        connection.request("POST", address, body, headers)
        answer = connection.getresponse()
        words = answer.read().decode(errors="replace")
        if answer.status != 302 or not (answer.getheader("Location") or "").startswith("/needs/"):
            raise RuntimeError(f"{address} answered {answer.status}: {words[-2000:]}")

    def filled(**options: Any) -> tuple[str, bytes, dict[str, str]]:
        return form.filled(f"ขุดลอกหนองน้ำ {name}.{next(numbers)}", **options)

    def plain() -> None:
        _address, body, headers = filled()
        send(PLAIN, body, headers)

    return {
        OURS: lambda: send(*filled()),
        REFERENCE: plain,
        PHOTOGRAPH: lambda: send(*filled(photograph=picture + os.urandom(8))),
    }


def photograph() -> bytes:
    """A picture as a phone takes it: fine grain over a slope of colours, some megabytes as JPEG."""
    size = (WIDTH, HEIGHT)
    slope = Image.linear_gradient("L").resize(size)
    picture = Image.merge("RGB", [Image.effect_noise(size, 60), slope, slope.rotate(180)])
    written = BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()
