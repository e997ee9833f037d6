import io
import struct
import zlib

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from prasan.documents.images import rewrite_picture
from prasan.documents.limits import SIDE
from prasan.kernel.refusals import Refused
from tests.factories.documents import picture


@pytest.fixture
def rewritten(tmp_path):
    def rewrite(stream, *, keep_location=False):
        found = rewrite_picture(stream, tmp_path / "picture", tmp_path / "small", keep_location=keep_location)
        written = (io.BytesIO((tmp_path / name).read_bytes()) for name in ("picture", "small"))
        return found, *map(Image.open, written)

    return rewrite


@pytest.mark.parametrize(
    ("kind", "mode", "colour", "media_type"),
    [
        ("JPEG", "RGB", (200, 10, 10), "image/jpeg"),
        ("JPEG", "L", 99, "image/jpeg"),
        ("JPEG", "CMYK", (0, 200, 200, 0), "image/jpeg"),
        ("PNG", "RGB", (200, 10, 10), "image/png"),
        ("PNG", "RGBA", (200, 10, 10, 90), "image/png"),
        ("PNG", "1", 1, "image/png"),
        ("PNG", "P", 3, "image/png"),
        ("PNG", "LA", (99, 80), "image/png"),
        ("GIF", "P", 3, "image/png"),
        ("WEBP", "RGB", (200, 10, 10), "image/jpeg"),
        ("WEBP", "RGBA", (200, 10, 10, 90), "image/png"),
        ("WEBP", "RGBA", (200, 10, 10, 255), "image/jpeg"),
    ],
)
def test_pictures_of_every_kind_are_written_anew(rewritten, kind, mode, colour, media_type):
    found, image, small = rewritten(picture(kind, (640, 480), mode=mode, colour=colour))

    assert (found.media_type, found.width, found.height) == (media_type, 640, 480)
    assert image.get_format_mimetype() == media_type
    assert image.size == (640, 480)
    assert small.size == (320, 240)


def test_colours_survive(rewritten):
    _found, image, _small = rewritten(picture("PNG", (40, 40), colour=(200, 10, 30)))

    assert image.getpixel((20, 20)) == (200, 10, 30)


def test_transparency_survives(rewritten):
    _found, image, _small = rewritten(picture("PNG", (40, 40), mode="RGBA", colour=(200, 10, 30, 77)))

    assert image.getpixel((20, 20)) == (200, 10, 30, 77)


def test_sixteen_bit_scan_keeps_its_shade(rewritten):
    _found, image, _small = rewritten(picture("PNG", (40, 40), mode="I;16", colour=32896))

    assert image.getpixel((20, 20)) == 128


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_phone_are_removed(rewritten, kind, tmp_path):
    stream = picture(kind, place=(15.0, 103.0))
    assert b"PHONE-OF-SOMEONE" in stream.getvalue()

    _found, image, small = rewritten(stream)

    assert (dict(image.getexif()), dict(small.getexif())) == ({}, {})
    for name in ("picture", "small"):
        content = (tmp_path / name).read_bytes()
        assert b"PHONE-OF-SOMEONE" not in content
        assert b"Exif" not in content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_is_kept_where_wanted_and_nothing_else(rewritten, kind):
    _found, image, small = rewritten(picture(kind, place=(15.0, 103.0)), keep_location=True)

    assert set(image.getexif()) == {0x8825}
    place = image.getexif().get_ifd(0x8825)
    assert (place[1], float(place[2][0]), place[3], float(place[4][0])) == ("N", 15.0, "E", 103.0)
    assert dict(small.getexif()) == {}


def test_comments_and_profiles_are_removed(rewritten, tmp_path):
    stream = picture("JPEG", comment=b"SECRET-COMMENT", icc_profile=b"SECRET-PROFILE" * 20)

    rewritten(stream)

    assert b"SECRET" not in (tmp_path / "picture").read_bytes()


def test_bytes_after_the_picture_are_removed(rewritten, tmp_path):
    stream = io.BytesIO(picture().getvalue() + b"<script>alert(1)</script>PK\x03\x04")

    rewritten(stream)

    assert b"script" not in (tmp_path / "picture").read_bytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_turned_upright(rewritten, orientation):
    image = Image.new("RGB", (200, 100), "white")
    image.paste((255, 0, 0), (0, 0, 100, 50))  # red in the upper left as stored
    exif = Image.Exif()
    exif[0x0112] = orientation
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif.tobytes(), quality=95)
    stream.seek(0)

    found, turned, _small = rewritten(stream)

    wide = orientation < 5
    assert turned.size == (found.width, found.height) == ((200, 100) if wide else (100, 200))
    where = {1: "ul", 2: "ur", 3: "lr", 4: "ll", 5: "ul", 6: "ur", 7: "lr", 8: "ll"}[orientation]
    width, height = turned.size
    spot = (
        width // 4 if where[1] == "l" else 3 * width // 4,
        height // 4 if where[0] == "u" else 3 * height // 4,
    )
    red, green, _blue = turned.getpixel(spot)
    assert red > 200
    assert green < 60


def test_large_picture_is_kept_at_the_longest_side(rewritten):
    found, image, _small = rewritten(picture("JPEG", (5000, 2500)))

    assert image.size == (found.width, found.height) == (SIDE, SIDE // 2)


def test_thin_picture_keeps_at_least_a_line(rewritten):
    found, _image, small = rewritten(picture("PNG", (3000, 1)))

    assert (found.width, found.height) == (3000, 1)
    assert small.size == (320, 1)


def png_claiming(width, height):
    """A PNG of a few bytes that says it is huge."""

    def chunk(name, content):
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + head + rest)


@pytest.mark.parametrize("size", [(20_000, 20_000), (2**31 - 1, 2**31 - 1), (64_000_001, 1)])
def test_picture_bomb_is_refused_before_it_is_decoded(rewritten, size):
    with translation.override("en"), pytest.raises(Refused, match="more than 64 million pixels"):
        rewritten(png_claiming(*size))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_truncated_picture_is_refused(rewritten, kind, share):
    noise = Image.effect_noise((300, 300), 90)
    stream = io.BytesIO()
    noise.save(stream, kind)
    cut = io.BytesIO(stream.getvalue()[: int(len(stream.getvalue()) * share)])

    with pytest.raises(Refused):
        rewritten(cut)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script>",
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_other_formats_are_refused(rewritten, content):
    with pytest.raises(Refused):
        rewritten(io.BytesIO(content))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.integers(0, 3000), st.integers(1, 255))
def test_damaged_picture_is_refused_or_clean_never_a_fault(tmp_path_factory, kind, place, change):
    folder = tmp_path_factory.mktemp("picture")
    content = bytearray(picture(kind, (60, 40), place=(1.0, 2.0) if kind != "GIF" else None).getvalue())
    content[place % len(content)] ^= change
    try:
        rewrite_picture(io.BytesIO(bytes(content)), folder / "a", folder / "b", keep_location=True)
    except Refused:
        return
    with Image.open(folder / "a") as image:
        image.load()
        assert set(image.getexif()) <= {0x8825}
