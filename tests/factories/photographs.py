"""Made-up photographs: slopes, patches and grain, each another view; and the same view in another shape."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image, ImageEnhance


def make_view(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """What a camera saw: the same for the same seed."""
    chance = np.random.default_rng(seed)
    width, height = size
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    colours = []
    for _colour in range(3):
        shade = 90 + 60 * np.sin(6 * (chance.uniform(-1, 1) * across + chance.uniform(-1, 1) * down))
        for _patch in range(12):
            x, y = chance.uniform(0, 1, 2)
            wide, high = chance.uniform(0.05, 0.35, 2)
            inside = (abs(across - x) < wide / 2) & (abs(down - y) < high / 2)
            shade = np.where(inside, chance.uniform(0, 255), shade)
        colours.append(shade + chance.normal(0, 6, shade.shape))
    return Image.fromarray(np.clip(np.stack(colours, axis=-1), 0, 255).astype(np.uint8))


def as_file(view: Image.Image, *, quality: int = 85, kind: str = "JPEG") -> bytes:
    """The view as somebody saves it."""
    written = BytesIO()
    view.save(written, kind, **({"quality": quality} if kind == "JPEG" else {}))
    return written.getvalue()


def changed(view: Image.Image, *, scale: float = 1.0, light: float = 1.0) -> Image.Image:
    """The same view in another size, darker or lighter."""
    width, height = view.size
    resized = view.resize((max(16, round(width * scale)), max(16, round(height * scale))))
    return ImageEnhance.Brightness(resized).enhance(light)
