"""Pictures drawn by code, so that the demonstration shows photographs of nobody and nowhere."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (960, 640)
SMALL = (480, 320)


def landscape(seed: int, *, small: bool = False) -> BytesIO:
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
    (picture.resize(SMALL) if small else picture).save(file, "JPEG", quality=80)
    file.seek(0)
    return file


def sketch(seed: int) -> BytesIO:
    """A PNG with the lines of a plan on white paper; the same seed draws the same sheet."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    width, height = SMALL
    sheet = Image.new("L", SMALL, 255)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle([(8, 8), (width - 8, height - 8)], outline=60)
    draw.rectangle([(width - 150, height - 60), (width - 8, height - 8)], outline=60)
    left, top = chance.randint(40, 90), chance.randint(40, 70)
    right, bottom = left + chance.randint(180, 240), top + chance.randint(90, 130)
    draw.rectangle([(left, top), (right, bottom)], outline=0, width=3)
    for x in range(left, right, 30):
        draw.line([(x, top), (x, bottom)], fill=150)
    draw.line([(left, bottom + 18), (right, bottom + 18)], fill=90)
    file = BytesIO()
    sheet.save(file, "PNG")
    file.seek(0)
    return file
