"""Made-up photographs: slopes, patches and grain, or sky and ground; and the same view in another shape."""

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


def make_outdoor_view(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Bright above and dark below with clouds and rubble, more like one another than other views."""
    chance = np.random.default_rng(seed)
    width, height = size
    pace = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    pace[0, 0] = 1
    noise = (chance.normal(size=pace.shape) + 1j * chance.normal(size=pace.shape)) / pace**1.3
    texture = np.fft.irfft2(noise, s=(height, width))
    down = np.linspace(0, 1, height)[:, None]
    horizon = chance.uniform(0.3, 0.6)
    ground = np.where(down < horizon, 200 - 40 * down, 110 - 30 * (down - horizon))
    shade = ground + 25 * (texture - texture.mean()) / texture.std()
    return Image.fromarray(np.clip(shade[..., None] + [0, 5, -5], 0, 255).astype(np.uint8))


def as_file(view: Image.Image, *, quality: int = 85, kind: str = "JPEG") -> bytes:
    """The view as somebody saves it."""
    written = BytesIO()
    view.save(written, kind, **({"quality": quality} if kind == "JPEG" else {}))
    return written.getvalue()


def changed(
    view: Image.Image,
    *,
    scale: float = 1.0,
    light: float = 1.0,
    contrast: float = 1.0,
    crop: tuple[float, float, float, float] = (0, 0, 0, 0),
) -> Image.Image:
    """The same view darker or lighter, without some of its left, top, right and bottom, in another size."""
    width, height = view.size
    left, top, right, bottom = crop
    box = (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    cut = view.crop(box)
    resized = cut.resize((max(16, round(cut.width * scale)), max(16, round(cut.height * scale))))
    return ImageEnhance.Contrast(ImageEnhance.Brightness(resized).enhance(light)).enhance(contrast)
