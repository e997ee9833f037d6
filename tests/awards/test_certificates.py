"""Certificates: the text comes out whole, and the code on them is genuine or found out."""

import json
import random
import re
import shutil
import subprocess
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from prasan.awards.papers.certificate import Paper, Signer, certificate_pdf, square
from prasan.awards.papers.codes import Facts, NotGenuine, code_of, facts_in
from prasan.kernel.digits import to_thai

FONTS = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts" / "sarabun"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ADDRESS = "https://prasan.example.go.th/awards/check/?code="
FACTS = Facts(
    number="LD-2564-0045",
    owner="เทศบาลนครอุดรธานี",
    title="โครงการพัฒนาระบบ Mobile Application สำหรับบริหารจัดการการจัดหาประโยชน์ในทรัพย์สินของเทศบาล",
    award="รางวัลดีเด่น",
    edition="การประกวดนวัตกรรมท้องถิ่นดิจิทัล ประจำปี พ.ศ. 2564",
    day="2021-09-21",
)
PAPER = Paper(
    number=f"เลขที่ {FACTS.number}",
    organiser="สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)",
    heading="ประกาศเกียรติคุณ",
    opening="ให้ไว้เพื่อแสดงว่า",
    owner=FACTS.owner,
    what="เป็นเจ้าของผลงาน",
    title=FACTS.title,
    award=f"ได้รับ{FACTS.award}",
    edition=FACTS.edition,
    day="ให้ไว้ ณ วันที่ 21 กันยายน พ.ศ. 2564",
    signers=(Signer("(ผู้อำนวยการ)", "ผู้อำนวยการสำนักงาน"), Signer("(ประธานกรรมการ)", "ประธานกรรมการตัดสิน")),
    address=f"{ADDRESS}{code_of(FACTS, KEY)}",
    checked_at="ตรวจสอบได้ด้วยรหัสนี้",
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
facts = st.builds(Facts, texts, texts, texts, texts, texts, texts, texts)


@pytest.fixture(scope="module")
def fonts():
    if not FONTS.is_dir():
        pytest.skip("the typeface is not installed yet; `make run` or `npm ci` brings it")
    return FONTS


def copied_out(pdf, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "x.pdf").write_bytes(pdf)
    run = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, check=True)
    return "".join(run.stdout.decode().split())


@given(facts)
def test_code_says_what_was_signed_and_is_no_option_of_a_command(told):
    code = code_of(told, KEY)

    assert facts_in(code, KEY.public_key()) == told
    assert not code.startswith("-")


def test_code_without_signers_says_six_facts():
    told = json.dumps(list(asdict(FACTS).values())[:6], ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(told.encode(), 9)
    whole = packed + KEY.sign(b"prasan.certificate.1\n" + packed)
    early = urlsafe_b64encode(whole).decode().rstrip("=")

    assert facts_in(early, KEY.public_key()) == FACTS
    assert code_of(FACTS, KEY) == early


@given(told=facts, place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_code_with_one_bit_changed_is_found_out(told, place, bit):
    code = code_of(told, KEY)
    whole = bytearray(urlsafe_b64decode(code + "=" * (-len(code) % 4)))
    whole[place % len(whole)] ^= 1 << bit

    with pytest.raises(NotGenuine):
        facts_in(urlsafe_b64encode(bytes(whole)).decode().rstrip("="), KEY.public_key())


@given(
    st.one_of(st.text(max_size=300), st.binary(max_size=300).map(lambda raw: urlsafe_b64encode(raw).decode()))
)
def test_no_other_text_passes_for_a_code(text):
    with pytest.raises(NotGenuine):
        facts_in(text, KEY.public_key())


def test_key_of_another_installation_and_signature_for_another_purpose_do_not_pass():
    other = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    code = code_of(FACTS, KEY)
    whole = urlsafe_b64decode(code + "=" * (-len(code) % 4))
    elsewhere = urlsafe_b64encode(whole[:-64] + KEY.sign(whole[:-64])).decode().rstrip("=")

    for wrong, key in ((code, other), (elsewhere, KEY), ("x" * 5000, KEY)):
        with pytest.raises(NotGenuine):
            facts_in(wrong, key.public_key())


def test_text_of_a_certificate_comes_out_whole(fonts, tmp_path):
    text = copied_out(certificate_pdf(PAPER, fonts), tmp_path)

    for words in (PAPER.owner, PAPER.title, PAPER.award, PAPER.edition, PAPER.day, PAPER.number):
        assert "".join(to_thai(words).split()) in text
    for signer in PAPER.signers:
        assert signer.name in text


@pytest.mark.parametrize("title", ["การบริหารจัดการ" * 20, "นวัตกรรม " * 30, "<b>#eval(1)</b> $x$ \\ @a *b*"])
def test_long_or_odd_titles_stay_on_one_page_as_text(fonts, tmp_path, title):
    pdf = certificate_pdf(replace(PAPER, title=title.strip()), fonts)

    (tmp_path / "y.pdf").write_bytes(pdf)
    told = subprocess.run(["pdfinfo", tmp_path / "y.pdf"], capture_output=True, check=True, text=True).stdout
    assert "Pages:           1" in told
    assert "".join(to_thai(title).split()) in copied_out(pdf, tmp_path)


def test_longest_names_and_posts_of_two_signers_stay_on_the_page(fonts, tmp_path):
    signers = (Signer("(" + "ชื่อยาวมากจริง" * 8 + ")", "ตำแหน่งยาวมากจริง " * 9),) * 2
    pdf = certificate_pdf(replace(PAPER, title="นวัตกรรม " * 30, signers=signers), fonts)

    (tmp_path / "z.pdf").write_bytes(pdf)
    told = subprocess.run(["pdfinfo", tmp_path / "z.pdf"], capture_output=True, check=True, text=True).stdout
    assert "Pages:           1" in told
    assert copied_out(pdf, tmp_path).count("ตำแหน่งยาวมากจริง") == 18


def test_square_holds_the_longest_code_and_stays_beside_the_signers():
    """Letters without order are packed worst."""
    dice = random.Random(1)
    lengths = {"title": 300, "owner": 200, "edition": 200, "signers": 2 * (120 + 160) + 4}
    told = {
        name: "".join(chr(dice.randint(0x0E01, 0x0E2E)) for _letter in range(most))
        for name, most in lengths.items()
    }
    code = code_of(replace(FACTS, **told), KEY)

    drawn, width = square(f"{ADDRESS}{code}")

    assert facts_in(code, KEY.public_key()).signers == told["signers"]
    assert (drawn.startswith("<?xml"), width) == (True, 56)


@pytest.mark.parametrize(
    "signers",
    ["", "นายสมชาย ใจดี ผู้อำนวยการสำนักงานพัฒนารัฐบาลดิจิทัล; นางสาวมาลี มีสุข ประธานกรรมการตัดสินการประกวด"],
)
def test_square_is_read_from_the_page_and_its_points_are_large_enough_for_a_telephone(
    fonts, tmp_path, signers
):
    for tool in ("pdftoppm", "zbarimg"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    address = f"{ADDRESS}{code_of(replace(FACTS, signers=signers), KEY)}"
    (tmp_path / "q.pdf").write_bytes(certificate_pdf(replace(PAPER, address=address), fonts))
    drawn, width = square(address)
    points = int(re.search(r'width="(\d+)"', drawn)[1])

    subprocess.run(["pdftoppm", "-r", "100", "-png", "q.pdf", "q"], cwd=tmp_path, check=True)
    picture = next(tmp_path.glob("q*.png"))
    run = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, check=True)

    assert run.stdout.decode().strip() == address
    assert width / points >= 0.4
