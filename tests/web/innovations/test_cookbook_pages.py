"""Pages of cookbooks: written together, read by everybody, taken along as PDF and DOCX."""

import io
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from prasan.innovations import actions
from prasan.innovations.models import Cookbook, CookbookVersion
from prasan.innovations.papers import shelf as papers
from prasan.kernel.digits import to_thai
from tests.factories.documents import pdf
from tests.factories.innovations import STEPS, TOLD, make_cookbook, make_innovation, make_owner

pytestmark = pytest.mark.django_db


def address(name, innovation, *more):
    return reverse(f"innovations:{name}", args=[innovation.pk, *more])


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.COOKBOOKS_DIR = tmp_path / "cookbooks"
    return settings.COOKBOOKS_DIR


def status_of(answer):
    if answer.streaming:
        whole(answer)  # closes the file
    return answer.status_code


def whole(answer):
    return b"".join(answer)


def words_of(paper, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "x.pdf").write_bytes(paper)
    run = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, check=True)
    return "".join(run.stdout.decode().split())


def test_officer_begins_writes_and_publishes_and_everybody_reads(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    client.force_login(owner.writer)

    offered = client.get(reverse("innovations:innovation", args=[innovation.pk])).content.decode()
    for _twice in range(2):
        begun = client.post(address("cookbook-begin", innovation), follow=True)
    saved = client.post(
        address("cookbook-section", innovation, "steps"), {"text": STEPS, "edits": "0"}, follow=True
    )
    published = client.post(address("cookbook-act", innovation, "publish"), {"note": ""}, follow=True)
    client.logout()
    shown = client.get(address("cookbook", innovation)).content.decode()

    assert address("cookbook-begin", innovation) in offered
    assert TOLD.pain_point in begun.content.decode()
    assert [answer.status_code for answer in (begun, saved, published)] == [200, 200, 200]
    assert Cookbook.objects.get().state == "published"
    assert shown.count("<li>" + STEPS.split("\n")[0]) == 1
    assert address("cookbook-write", innovation) not in shown


def test_who_comes_second_finds_both_texts_and_his_own_in_the_box(client):
    owner = make_owner()
    cookbook = make_cookbook(owner)
    page = address("cookbook-section", cookbook.innovation, "cost")
    client.force_login(owner.writer)
    actions.write_section(cookbook, "cost", "หนึ่งหมื่นบาท", edits=0, by=owner.ministry)

    answer = client.post(page, {"text": "สองหมื่นบาท", "edits": "0"})

    (sheet,) = [each for each in answer.context["sheets"] if each.section.code == "cost"]
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert (sheet.other.text, sheet.form["text"].value(), sheet.form["edits"].value()) == (
        "หนึ่งหมื่นบาท",
        "สองหมื่นบาท",
        1,
    )
    assert shown.index("หนึ่งหมื่นบาท") < shown.index("สองหมื่นบาท</textarea>")
    assert cookbook.sections.get(code="cost").text == "หนึ่งหมื่นบาท"
    client.post(page, {"text": "รวมสามหมื่นบาท", "edits": "1"})
    assert cookbook.sections.get(code="cost").text == "รวมสามหมื่นบาท"


def test_with_a_script_the_section_alone_comes_back(client):
    owner = make_owner()
    cookbook = make_cookbook(owner)
    page = address("cookbook-section", cookbook.innovation, "cost")
    client.force_login(owner.writer)
    head = {"HTTP_HX_REQUEST": "true"}

    saved = client.post(page, {"text": "ไม่มี", "edits": "0"}, **head)
    overtaken = client.post(page, {"text": "มี", "edits": "0"}, **head)
    too_long = client.post(page, {"text": "ก" * 10_000, "edits": "1"}, **head)

    for answer in (saved, overtaken, too_long):
        assert answer.content.decode().count("<section") == 1
        assert "<html" not in answer.content.decode()
    assert [answer.status_code for answer in (saved, overtaken, too_long)] == [200, 422, 422]
    assert 'name="edits" value="1"' in saved.content.decode()
    assert "ก" * 10_000 in too_long.content.decode()
    assert cookbook.sections.get(code="cost").text == "ไม่มี"


@pytest.mark.parametrize(
    "sent",
    [{}, {"text": "x"}, {"text": "x", "edits": "-1"}, {"text": "x", "edits": "x"}, {"edits": "9" * 40}],
)
def test_forged_forms_change_nothing(client, sent):
    owner = make_owner()
    cookbook = make_cookbook(owner)
    client.force_login(owner.writer)

    answer = client.post(address("cookbook-section", cookbook.innovation, "steps"), sent)

    assert answer.status_code == 422
    assert cookbook.sections.get(code="steps").text == STEPS


def test_script_in_words_is_shown_as_words(client, tmp_path):
    owner = make_owner()
    innovation = make_innovation(owner, "registered", title="<script>alert(1)</script>")
    cookbook = make_cookbook(owner, innovation=innovation)
    for code, edits in (("steps", 1), ("cost", 0)):
        actions.write_section(
            cookbook, code, "<script>alert(2)</script> #let x = *y*", edits=edits, by=owner.writer
        )
    actions.publish_cookbook(cookbook, by=owner.writer)
    client.force_login(owner.writer)

    pages = [
        client.get(address(name, innovation)).content.decode() for name in ("cookbook", "cookbook-write")
    ]
    paper = whole(client.get(address("cookbook-paper", innovation, "pdf")))

    assert [page.count("<script>alert") for page in pages] == [0, 0]
    assert to_thai("<script>alert(2)</script>#letx=*y*") in words_of(paper, tmp_path)


def test_stranger_reaches_neither_draft_nor_writing_nor_files(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    owner, other = make_owner(), make_owner("40")
    draft, published = make_cookbook(owner), make_cookbook(owner, "published")
    kept = [
        actions.add_cookbook_file(each, title="แบบ", stream=pdf(), name="a.pdf", by=owner.writer)
        for each in (draft, published)
    ]
    client.force_login(other.writer)

    def answers():
        gets = [
            status_of(client.get(address(name, each.innovation, *more)))
            for each, file in zip((draft, published), kept, strict=True)
            for name, more in (
                ("cookbook", ()),
                ("cookbook-paper", ("pdf",)),
                ("cookbook-paper", ("exe",)),
                ("cookbook-changes", ()),
                ("cookbook-file", (file.pk,)),
                ("cookbook-write", ()),
                ("deliveries", ()),
                ("cookbook-send", ()),
            )
        ]
        posts = [
            client.post(address(name, published.innovation, *more), {"text": "x", "edits": "0"}).status_code
            for name, more in (
                ("cookbook-section", ("cost",)),
                ("cookbook-file-new", ()),
                ("cookbook-file-remove", (kept[1].pk,)),
                ("cookbook-begin", ()),
                ("cookbook-send", ()),
                ("cookbook-step", ("withdraw",)),
                ("cookbook-act", ("publish",)),
            )
        ]
        return gets, posts

    gets, posts = answers()
    assert gets[:8] == [404] * 8
    assert gets[8:] == [200, 200, 404, 200, 404, 404, 404, 404]
    assert posts == [404, 404, 404, 404, 404, 422, 404]
    # a file of another cookbook is not reached by way of one's own
    client.force_login(owner.writer)
    crossed = client.get(address("cookbook-file", draft.innovation, kept[1].pk))
    assert crossed.status_code == 404


def test_file_is_added_and_taken_out_on_the_writing_page(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    owner = make_owner()
    cookbook = make_cookbook(owner)
    client.force_login(owner.writer)
    sent = SimpleUploadedFile("a.pdf", pdf().read())

    client.post(address("cookbook-file-new", cookbook.innovation), {"title": "แบบคำขอ", "file": sent})
    kept = cookbook.files.get()
    shown = client.get(address("cookbook-write", cookbook.innovation)).content.decode()
    client.post(address("cookbook-act", cookbook.innovation, "publish"), {"note": ""})
    client.post(address("cookbook-file-remove", cookbook.innovation, kept.pk))
    client.logout()
    read = client.get(address("cookbook", cookbook.innovation)).content.decode()
    opened = client.get(address("cookbook-file", cookbook.innovation, kept.pk))
    content = b"".join(opened)

    assert "แบบคำขอ" in shown
    assert f'href="{address("cookbook-file", cookbook.innovation, kept.pk)}"' in read
    assert content.startswith(b"%PDF")
    assert [each.is_removed for each in cookbook.files.all()] == [True]


def test_pdf_and_word_hold_every_word_in_thai_digits(client, tmp_path):
    owner = make_owner()
    cookbook = make_cookbook(owner)
    long = "ที่ประชุมเห็นชอบแนวทางปี 2568 ให้จัดช่องบริการสำหรับผู้จองล่วงหน้าโดยเฉพาะ " * 20
    for code in ("who", "duration", "cost", "partners", "cycle", "pitfalls", "success_factors"):
        actions.write_section(cookbook, code, f"{code} {long}", edits=0, by=owner.writer)
    actions.publish_cookbook(cookbook, by=owner.writer)

    paper = client.get(address("cookbook-paper", cookbook.innovation, "pdf"))
    word = client.get(address("cookbook-paper", cookbook.innovation, "docx"))

    text = words_of(whole(paper), tmp_path)
    document = Document(io.BytesIO(whole(word)))
    written = "".join("".join(each.text for each in document.paragraphs).split())
    told = [cookbook.innovation.title, TOLD.pain_point, *STEPS.split("\n")]
    told += ["success_factors " + long, "เวลารอเฉลี่ย", "12 นาที (2568)"]
    assert [each for each in told if to_thai("".join(each.split())) not in text] == []
    assert [each for each in told[:-2] if to_thai("".join(each.split())) not in written] == []
    assert [digit for digit in "0123456789" if digit in text] == []
    assert paper["Content-Disposition"].endswith('-1.pdf"')


def test_page_tells_what_changed_since_it_was_published(client):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    actions.write_section(cookbook, "cost", "ไม่ใช้งบประมาณ", edits=0, by=owner.writer)
    page = address("cookbook-changes", cookbook.innovation)
    hidden = client.get(page).content.decode()
    client.force_login(owner.writer)

    inside = client.get(page).content.decode()
    before_publishing = client.get(address("cookbook-act", cookbook.innovation, "publish")).content.decode()
    client.post(address("cookbook-act", cookbook.innovation, "publish"), {"note": ""})
    client.logout()
    shown = client.get(page).content.decode()

    assert ["ไม่ใช้งบประมาณ" in each for each in (hidden, inside, before_publishing, shown)] == [
        False,
        True,
        True,
        True,
    ]
    assert "<ins>" in shown


def test_withdrawn_one_is_gone_for_readers_and_comes_back_with_a_reason(client):
    owner = make_owner()
    innovation = make_cookbook(owner, "published").innovation
    client.force_login(owner.writer)

    client.post(address("cookbook-step", innovation, "withdraw"), {"note": "ข้อมูลเก่า"})
    inside = client.get(address("cookbook", innovation)).status_code
    refused = client.post(address("cookbook-step", innovation, "bring_back"), {"note": ""})
    client.logout()
    outside = [
        client.get(address("cookbook", innovation)).status_code,
        client.get(address("cookbook-paper", innovation, "pdf")).status_code,
    ]

    assert (inside, refused.status_code, outside) == (200, 422, [404, 404])


def paper_of(client, innovation, kind="pdf", **headers):
    answer = client.get(address("cookbook-paper", innovation, kind), headers=headers)
    return answer, whole(answer) if answer.streaming else b""


def test_papers_are_set_once_and_anew_when_the_cookbook_changed(client, monkeypatch, shelf, tmp_path):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    innovation, made = cookbook.innovation, []
    set_pdf = papers.cookbook_pdf
    monkeypatch.setattr(papers, "cookbook_pdf", lambda words: made.append(words.edition) or set_pdf(words))

    first, before = paper_of(client, innovation)
    again, same = paper_of(client, innovation)
    word, _content = paper_of(client, innovation, "docx")
    known, _nothing = paper_of(client, innovation, **{"if-none-match": first["ETag"]})
    actions.write_section(cookbook, "cost", "ไม่ใช้งบประมาณเพิ่ม", edits=0, by=owner.writer)
    unpublished, unchanged = paper_of(client, innovation)
    actions.publish_cookbook(cookbook, by=owner.writer)
    changed, after = paper_of(client, innovation, **{"if-none-match": first["ETag"]})

    assert (before, unchanged) == (same, same)
    assert [each.status_code for each in (first, again, word, known, unpublished, changed)] == [
        200,
        200,
        200,
        304,
        200,
        200,
    ]
    assert len(made) == 2
    assert "ไม่ใช้งบประมาณเพิ่ม" not in words_of(before, tmp_path)
    assert "ไม่ใช้งบประมาณเพิ่ม" in words_of(after, tmp_path)
    last = cookbook.versions.last().pk
    assert sorted(path.name for path in shelf.glob("*.*")) == [f"{last}.docx", f"{last}.mark", f"{last}.pdf"]


def test_paper_that_was_lost_cut_off_or_set_otherwise_is_made_anew(client, monkeypatch, shelf):
    innovation = make_cookbook(make_owner(), "published").innovation
    _answer, whole_paper = paper_of(client, innovation)
    pdf_path, mark = next(shelf.glob("*.pdf")), next(shelf.glob("*.mark"))
    sizes = []

    for spoil in (
        pdf_path.unlink,
        mark.unlink,
        lambda: mark.write_text("of something else", "ascii"),
        lambda: monkeypatch.setattr(papers, "__version__", "next"),
    ):
        pdf_path.write_bytes(b"stale")
        spoil()
        sizes.append(len(paper_of(client, innovation)[1]))

    assert min(sizes) > len(whole_paper) / 2


def test_making_that_fails_leaves_no_paper_and_the_next_reader_gets_it(client, monkeypatch, shelf):
    innovation = make_cookbook(make_owner(), "published").innovation
    with monkeypatch.context() as patched:
        patched.setattr(papers, "write_cookbook", lambda stream, words: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            client.get(address("cookbook-paper", innovation, "pdf"))
        left = list(shelf.glob("*.*"))

    answer, paper = paper_of(client, innovation)

    assert left == []
    assert (answer.status_code, paper[:5]) == (200, b"%PDF-")


def test_of_several_who_ask_at_once_one_makes_it(monkeypatch, shelf):
    version = make_cookbook(make_owner(), "published").versions.get()
    made = []
    set_pdf = papers.cookbook_pdf
    monkeypatch.setattr(papers, "cookbook_pdf", lambda words: made.append(1) or set_pdf(words))
    monkeypatch.setattr(papers, "_A_MOMENT", 0.01)
    monkeypatch.setattr(
        papers.CookbookVersion.objects, "filter", lambda **_of: CookbookVersion.objects.none()
    )

    with ThreadPoolExecutor(4) as several:
        found = set(several.map(lambda _each: papers.kept_paper(version, "pdf"), range(4)))

    assert len(found) == 1
    assert made == [1]
