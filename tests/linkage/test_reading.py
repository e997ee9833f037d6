import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.linkage.charsets import decoded
from prasan.linkage.hypertext import words_of_html
from prasan.linkage.reading import key_of, read_letter, without_quotes
from tests.factories.linkage import WORDS, letter, raw_letter

THAI = "น้ำท่วมถนนหน้าโรงเรียน ขอให้ช่วยเหลือด่วน"


def test_letter_tells_who_what_and_its_key():
    read = read_letter(letter())

    assert (read.message_id, read.address, read.name) == (
        "<1@example.com>",
        "somchai@example.com",
        "สมชาย ใจดี",
    )
    assert read.words == f"แจ้งไฟทางดับ\n\n{WORDS}"
    assert (read.reason, read.attachments) == ("", 0)


@pytest.mark.parametrize("named", ["tis-620", "TIS-620", "windows-874", "iso-8859-11", "tis620"])
def test_thai_charsets_are_read(named):
    body = THAI.encode("cp874")

    assert read_letter(raw_letter(body, f"Content-Type: text/plain; charset={named}")).words == THAI


@pytest.mark.parametrize("named", ["us-ascii", "iso-8859-1", "windows-1252", "x-unknown", "zip", "utf-8", ""])
@pytest.mark.parametrize("written", ["utf-8", "cp874"])
def test_wrong_charset_does_not_garble_thai(named, written):
    header = f"Content-Type: text/plain; charset={named}" if named else "Content-Type: text/plain"

    assert read_letter(raw_letter(THAI.encode(written), header)).words == THAI


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
@pytest.mark.parametrize("way", ["raw", "b", "wrong"])
def test_subject_is_read_however_it_is_written(encoding, way):
    written = THAI.encode(encoding)
    named = {"utf-8": "utf-8", "cp874": "tis-620"}[encoding]
    subject = {
        "raw": written,
        "b": f"=?{named}?B?".encode() + base64.b64encode(written) + b"?=",
        "wrong": b"=?iso-8859-1?B?" + base64.b64encode(written) + b"?=",
    }[way]
    content = b"From: a@example.com\r\nSubject: Re: " + subject + b"\r\n\r\nx1"

    assert read_letter(content).words == f"{THAI}\n\nx1"


def test_plain_words_are_preferred_and_html_is_read_where_there_are_none():
    both = read_letter(letter(html="<p>อีกแบบ</p>"))
    html = raw_letter(
        "<html><head><title>x</title><style>p{}</style></head><body><p>น้ำ&nbsp;ท่วม</p><script>alert(1)</script>"
        "<div>ถนน<br>หน้าบ้าน</div></body>".encode(),
        "Content-Type: text/html; charset=utf-8",
    )

    assert "อีกแบบ" not in both.words
    assert read_letter(html).words.split() == ["น้ำ", "ท่วม", "ถนน", "หน้าบ้าน"]


@pytest.mark.parametrize(
    "html",
    [
        '<p>เอง</p><div class="gmail_quote">เดิม<div>ใน</div></div>',
        '<p>เอง</p><blockquote type="cite">เดิม<blockquote>ลึก</blockquote></blockquote>',
        "<p>เอง</p><!-- เดิม --><style>เดิม</style><script>เดิม",
        "<p>เอง</p><!-- เดิม",
    ],
)
def test_what_is_quoted_or_unseen_in_html_is_left_out(html):
    assert words_of_html(html).strip() == "เอง"


@pytest.mark.parametrize(
    "rest",
    [
        "> เดิม\n> อีก",
        "-----Original Message-----\nเดิม",
        "เมื่อ 1 ม.ค. 2569 เวลา 10:00 สมชาย <a@b.c> เขียนว่า:\n> เดิม",
        "On Thu, 1 Jan 2026, Somchai wrote:\nเดิม",
        "From: สมชาย\nSent: 1 มกราคม\nTo: ศูนย์\nเดิม",
        "จาก: สมชาย\nส่ง: 1 มกราคม\nเดิม",
        "--\nนายสมชาย ใจดี\nโทร 081",
        "-- \nนายสมชาย ใจดี",
        "Sent from my iPhone",
        "ส่งจาก iPhone ของฉัน",
    ],
)
def test_quoted_letters_and_signatures_are_left_out(rest):
    assert without_quotes(f"ถนนพัง\n\n{rest}") == "ถนนพัง"


def test_letter_passed_on_is_kept_whole():
    passed_on = "---------- Forwarded message ----------\nจาก: ชาวบ้าน\nถนนพังทั้งสาย"

    assert without_quotes(passed_on) == passed_on


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatic"),
        ({"Auto_Submitted": "auto-generated; owner=x"}, "automatic"),
        ({"Auto_Submitted": "no"}, ""),
        ({"Precedence": "bulk"}, "bulk"),
        ({"Precedence": "LIST"}, "bulk"),
        ({"List_Id": "<x.example.com>"}, "bulk"),
        ({"List_Unsubscribe": "<mailto:x@example.com>"}, "bulk"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"X_Autoreply": "yes"}, "automatic"),
        ({"In_Reply_To": "<receipt-5@surin.example.go.th>"}, "answer"),
        ({"In_Reply_To": "<5@surin.example.go.th>"}, ""),
        ({"subject": "ตอบกลับอัตโนมัติ: ไม่อยู่"}, "automatic"),
        ({"subject": "Out of office"}, "automatic"),
        ({"sender": "MAILER-DAEMON@mx.example.com"}, "bounce"),
        ({"sender": "Box <BOX@example.go.th>"}, "own"),
        ({"words": " \u200b ", "subject": " "}, "no_words"),
    ],
)
def test_letters_of_machines_are_told_from_those_of_people(headers, reason):
    read = read_letter(letter(**headers), own=("box@example.go.th",))

    assert read.reason == reason


def test_attachments_are_counted_and_not_read():
    body = (
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + THAI.encode() + b"\r\n"
        b"--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/4A==\r\n"
        b'--b\r\nContent-Type: text/plain; name="x.txt"\r\nContent-Disposition: attachment\r\n\r\nsecret1\r\n'
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner1\r\n\r\ninner2\r\n--b--\r\n"
    )
    read = read_letter(raw_letter(body, "Content-Type: multipart/mixed; boundary=b"))

    assert (read.words, read.attachments, read.reason) == (THAI, 3, "")


def nested(depth):
    body = b"deep1"
    for level in range(depth):
        body = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n%s\r\n--b%d--\r\n' % (
            level,
            level,
            body if level else b"Content-Type: text/plain\r\n\r\n" + body,
            level,
        )
    return b"From: a@example.com\r\n" + body


WICKED = {
    "empty": b"",
    "nul": b"\x00" * 5_000,
    "no headers": b"\r\n\r\n\xff\xfe",
    "deep": nested(60),
    "deeper than Python": nested(1_500),
    "many parts": b"From: a@b.co\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\nx\r\n" * 3_000,
    "endless header": b"Subject: " + b"=?utf-8?q?=E0?= " * 30_000 + b"\r\n\r\nx1",
    "endless from": b"From: " + b"(" * 20_000 + b"a@b.co\r\n\r\nx1",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n!!!!=====x1",
    "charset that is a codec": b"Content-Type: text/plain; charset=bz2\r\n\r\nx1",
    "charset of two": b"Content-Type: text/plain; charset*0=ut; charset*1=f-8\r\n\r\nx1",
    "html of openings": b"Content-Type: text/html\r\n\r\n" + b"<a " * 100_000,
    "html of comments": b"Content-Type: text/html\r\n\r\n" + b"<!--" * 100_000,
    "html of declarations": b"Content-Type: text/html\r\n\r\n" + b"<!" * 100_000 + b"<![CDATA[" * 20_000,
    "html of attributes": b"Content-Type: text/html\r\n\r\n<a " + b'a="' * 100_000,
    "html of entities": b"Content-Type: text/html\r\n\r\n" + b"&#x" * 100_000,
    "quotes": b"Content-Type: text/plain\r\n\r\n" + b"On " * 100_000 + b"\n" + b"On a wrote:x\n" * 20_000,
    "spaces": b"Content-Type: text/plain\r\n\r\n" + b" " * 300_000 + b"x",
    "boundary with signs": b'Content-Type: multipart/mixed; boundary="(a+)+$"\r\n\r\n--(a+)+$\r\n\r\nx1',
}


@pytest.mark.parametrize("content", WICKED.values(), ids=WICKED.keys())
def test_wicked_letter_is_read_or_told_of_within_a_moment(content):
    began = time.perf_counter()

    read = read_letter(content)

    assert time.perf_counter() - began < 5
    assert read.reason in ("", "no_words", "broken", "too_long")


@given(st.binary(max_size=400), st.sampled_from(["text/plain", "text/html", "multipart/mixed; boundary=b"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_stop_the_reading(body, kind):
    read = read_letter(raw_letter(body, f"Content-Type: {kind}"))

    assert read.words or read.reason
    assert "\x00" not in read.words


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_letter_without_headers_of_its_own_is_told_by_its_bytes(content):
    read = read_letter(content)

    assert len(key_of(read, content)) == 64


@given(st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E2E), min_size=2, max_size=80))
def test_thai_in_either_encoding_is_read_under_any_name(words):
    assert decoded(words.encode("cp874"), "tis-620") == words
    for charset in ("utf-8", "tis-620", "iso-8859-1", None):
        assert decoded(words.encode(), charset) == words
        if words.encode("cp874").decode("utf-8", "ignore") == "":  # a few short words are sound UTF-8, too
            assert decoded(words.encode("cp874"), charset) == words
