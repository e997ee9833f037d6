"""A thousand certificates, each a PDF of its own with a signed code; whether their text comes out whole."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.figure import Figure
from bench.installation import Installation
from bench.sizes import Sizes
from prasan.awards.papers.certificate import Paper, Signer, certificate_pdf
from prasan.awards.papers.codes import Facts, code_of
from prasan.documents.face import fonts
from prasan.kernel.digits import to_thai
from prasan.places.names import province_title

SERVICES = (
    "ระบบจองคิวออนไลน์เพื่อลดระยะเวลารอคอยของผู้ป่วยนอก",
    "ศูนย์บริการเบ็ดเสร็จสำหรับผู้สูงอายุและคนพิการ (One Stop Service)",
    "แผนที่ภาษีและทะเบียนทรัพย์สินด้วยระบบสารสนเทศภูมิศาสตร์ (GIS)",
    "การจัดการขยะเปียกในครัวเรือนด้วยถังรักษ์โลก 4.0",
    "เครือข่ายเฝ้าระวังน้ำท่วมฉับพลันด้วยเซนเซอร์และ LINE Official Account",
)
PROVINCES = ("สุรินทร์", "ขอนแก่น", "ร้อยเอ็ด", "พระนครศรีอยุธยา", "ประจวบคีรีขันธ์", "หนองบัวลำภู")
FIELDS = ("organiser", "heading", "opening", "owner", "what", "title", "award", "edition", "day", "number")


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Make them one after the other, and read each as whoever copies its text would."""
    folder = installation.folder.path / "certificates"
    folder.mkdir(exist_ok=True)
    key, dice = Ed25519PrivateKey.generate(), random.Random(1)
    papers = [_paper(number, dice, key) for number in range(1, sizes.certificates + 1)]
    places = [folder / f"{number}.pdf" for number in range(len(papers))]
    began = perf_counter()
    for paper, place in zip(papers, places, strict=True):
        place.write_bytes(certificate_pdf(paper, fonts()))
    took = perf_counter() - began
    wrong = sum(not _is_whole(paper, place) for paper, place in zip(papers, places, strict=True))
    size = sum(place.stat().st_size for place in places) / len(places) / 1000
    yield Figure(
        "certificates",
        took,
        remark=f"{len(papers):,} certificates, one process, {size:.0f} KB each; text not whole in {wrong}",
    )
    if wrong:
        raise RuntimeError(f"the text of {wrong} certificates does not come out whole")


def _paper(number: int, dice: random.Random, key: Ed25519PrivateKey) -> Paper:
    owner = province_title("", dice.choice(PROVINCES), english=False)
    title = f"{dice.choice(SERVICES)} {owner} ระยะที่ {dice.randint(1, 9)}"
    edition = "การประกวดนวัตกรรมภาครัฐ ประจำปี พ.ศ. 2569"
    facts = Facts(f"INN-2569-{number:04}", owner, title, "รางวัลดีเด่น", edition, "2026-09-15")
    return Paper(
        number=f"เลขที่ {facts.number}",
        organiser="สำนักงานปลัดกระทรวงมหาดไทย",
        heading="ประกาศเกียรติคุณ",
        opening="ให้ไว้เพื่อแสดงว่า",
        owner=owner,
        what="เป็นเจ้าของผลงาน",
        title=title,
        award="ได้รับรางวัลดีเด่น",
        edition=edition,
        day="ให้ไว้ ณ วันที่ 15 กันยายน พ.ศ. 2569",
        signers=(Signer("(ปลัดกระทรวง)", "ปลัดกระทรวงมหาดไทย"), Signer("(ประธานกรรมการ)", "ประธานกรรมการตัดสิน")),
        address=f"https://prasan.example.go.th/awards/check/?code={code_of(facts, key)}",
        checked_at="ตรวจสอบได้ที่ prasan.example.go.th/awards/check/",
    )


def _is_whole(paper: Paper, place: Path) -> bool:
    run = subprocess.run(["pdftotext", place, "-"], capture_output=True, check=True)
    text = "".join(run.stdout.decode().split())
    return all("".join(to_thai(getattr(paper, name)).split()) in text for name in FIELDS)
