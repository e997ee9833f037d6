"""Pictures drawn by code, so that the demonstration shows photographs of nobody and nowhere."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (960, 640)


def landscape(seed: int) -> BytesIO:
    """A JPEG of a field with a road or a canal; the same seed draws the same picture."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    width, height = SIZE
    horizon = chance.randint(210, 290)
    picture = Image.new("RGB", SIZE, (168, 205, 226))
    draw = ImageDraw.Draw(picture)
    for y in range(horizon):
        shade = int(40 * y / horizon)
        draw.line([(0, y), (width, y)], fill=(150 + shade, 195 + shade // 2, 225))
    draw.rectangle([(0, horizon), (width, height)], fill=(142, 172, 92))
    for _row in range(14):
        y = chance.randint(horizon + 10, height)
        draw.line([(0, y), (width, y + chance.randint(-12, 12))], fill=(120, 152, 74), width=3)
    middle = chance.randint(320, 640)
    way = (178, 142, 106) if seed % 2 else (112, 146, 160)
    draw.polygon(
        [(middle - 16, horizon), (middle + 16, horizon), (middle + 240, height), (middle - 240, height)],
        fill=way,
    )
    for _tree in range(7):
        x, foot = chance.randint(30, width - 30), horizon + chance.randint(-4, 60)
        tall = chance.randint(60, 120)
        draw.rectangle([(x - 5, foot - tall // 2), (x + 5, foot)], fill=(104, 82, 60))
        draw.ellipse([(x - tall // 2, foot - tall), (x + tall // 2, foot - tall // 4)], fill=(70, 118, 66))
    file = BytesIO()
    picture.save(file, "JPEG", quality=80)
    file.seek(0)
    return file
