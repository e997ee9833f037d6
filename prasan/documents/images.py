"""Pictures: decoded, turned upright, freed of metadata and written anew with a thumbnail."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from prasan.documents import limits
from prasan.kernel.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_GPS = 0x8825

# The size is checked here before anything is decoded; Pillow's own warning would only come later.
Image.MAX_IMAGE_PIXELS = None

_one_at_a_time = threading.Lock()
"""A decoded photograph takes up to 200 megabytes: a process holds one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What was written."""

    media_type: str
    width: int
    height: int


def rewrite_picture(source: BinaryIO, target: Path, thumbnail: Path, *, keep_location: bool) -> Picture:
    """Write the picture anew as JPEG, or as PNG where lines or transparency want it, and its thumbnail.

    Nothing of the file sent remains but its pixels, and its place on earth where that is wanted.
    """
    with _one_at_a_time:
        try:
            return _rewrite(source, target, thumbnail, keep_location=keep_location)
        except Refused:
            raise
        except UnidentifiedImageError as error:
            raise Refused(_("This picture cannot be read. Please send it as JPEG, PNG or WebP.")) from error
        except Exception as error:  # a broken file makes Pillow's decoders fail in every possible way
            raise Refused(
                _("This picture is damaged or incomplete. Please take or save it again, then send it.")
            ) from error


def _rewrite(source: BinaryIO, target: Path, thumbnail: Path, *, keep_location: bool) -> Picture:
    with Image.open(source, formats=FORMATS) as opened:
        if opened.width * opened.height > limits.PIXELS:
            raise Refused(
                _("This picture has more than %(limit)d million pixels. Please make it smaller.")
                % {"limit": limits.PIXELS // 1_000_000}
            )
        location = opened.getexif().get_ifd(_GPS) if keep_location else {}
        is_drawing = opened.format in ("PNG", "GIF")
        picture = _plain(opened)
        picture.thumbnail((limits.SIDE, limits.SIDE))  # before it is turned: that takes a second copy
        ImageOps.exif_transpose(picture, in_place=True)
    as_png = is_drawing or picture.mode == "RGBA"
    exif = Image.Exif()
    if location:
        exif.get_ifd(_GPS).update(location)
    _save(picture, target, as_png=as_png, exif=exif.tobytes() if location else b"")
    width, height = picture.size
    picture.thumbnail((limits.THUMBNAIL_SIDE, limits.THUMBNAIL_SIDE))
    _save(picture, thumbnail, as_png=as_png, exif=b"")
    return Picture("image/png" if as_png else "image/jpeg", width, height)


def _plain(opened: Image.Image) -> Image.Image:
    """The decoded picture in grey, colour, or colour with transparency where there is any."""
    opened.load()
    if opened.mode in ("L", "RGB") and "transparency" not in opened.info:
        return opened
    if opened.mode.startswith("I"):
        return opened.point(lambda shade: shade / 256).convert("L")  # sixteen bits a pixel: scans
    if opened.mode == "1":
        return opened.convert("L")
    if not opened.has_transparency_data:
        return opened.convert("RGB")
    picture = opened.convert("RGBA")
    return picture.convert("RGB") if picture.getchannel("A").getextrema() == (255, 255) else picture


def _save(picture: Image.Image, path: Path, *, as_png: bool, exif: bytes) -> None:
    picture.info = {}
    extra = {"exif": exif} if exif else {}
    if as_png:
        picture.save(path, "PNG", compress_level=4, **extra)
    else:
        picture.save(path, "JPEG", quality=85, progressive=True, **extra)
