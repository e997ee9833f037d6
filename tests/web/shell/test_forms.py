from html.parser import HTMLParser

import pytest
from django import forms
from django.utils import translation

from prasan.web.shell.fields import CleanTextField, PointField, ThaiDateField, needed_to_send

VOID = {"input", "br", "hr", "use"}


class Page(HTMLParser):
    """The tags of a page with their attributes, in order."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def ids(self):
        return {attrs["id"] for _tag, attrs in self.tags if attrs.get("id")}


class EveryKind(forms.Form):
    title = CleanTextField(label="ชื่อเรื่อง", help_text="สั้น ๆ", max_length=20)
    text = CleanTextField(label="รายละเอียด", widget=forms.Textarea)
    day = ThaiDateField(label="วันที่")
    sector = forms.ChoiceField(label="ด้าน", choices=[("a", "ถนน")])
    kind = forms.ChoiceField(label="ประเภท", choices=[("a", "ถนน"), ("b", "น้ำ")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="กลุ่ม", choices=[("a", "ถนน")], widget=forms.CheckboxSelectMultiple, required=True
    )
    sure = forms.BooleanField(label="ยืนยัน")
    photo = forms.FileField(label="ภาพ")
    point = PointField(label="ตำแหน่ง")
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture(params=[None, {}], ids=["empty", "in error"])
def form(request):
    return EveryKind(request.param)


def test_every_box_of_a_form_has_a_label(form):
    page = Page(str(form))

    labelled = {attrs["for"] for attrs in page.all("label")}
    boxes = page.all("input") + page.all("select") + page.all("textarea")
    seen = [box["id"] for box in boxes if box.get("type") != "hidden"]

    assert [box for box in seen if box not in labelled] == []
    assert len(seen) == len(set(seen)) == 11


def test_every_description_that_a_box_names_is_on_the_page(form):
    page = Page(str(form))

    named = {name for _tag, attrs in page.tags for name in (attrs.get("aria-describedby") or "").split()}

    assert named - page.ids == set()
    assert "id_title_helptext" in named


def test_summary_of_faults_links_to_boxes_that_can_take_the_cursor():
    page = Page(str(EveryKind({})))

    targets = [attrs["href"].removeprefix("#") for attrs in page.all("a")]
    boxes = {attrs.get("id") for tag in ("input", "select", "textarea") for attrs in page.all(tag)}

    assert len(targets) == 9
    assert set(targets) - boxes == set()


def test_summary_of_faults_is_heard_first():
    page = Page(str(EveryKind({})))

    assert page.tags[0] == (
        "div",
        {"class": "notice notice-bad", "role": "alert", "tabindex": "-1", "data-focus": None},
    )


def test_form_without_faults_shows_no_summary():
    assert "notice" not in str(EveryKind())


def test_what_was_typed_is_not_lost_when_another_box_is_at_fault():
    shown = str(EveryKind({"title": "<b>ถนน</b>", "day": "32/13/67", "point_0": "x", "sector": "a"}))

    assert 'value="&lt;b&gt;ถนน&lt;/b&gt;"' in shown
    assert 'value="32/13/67"' in shown
    assert '<option value="a" selected>' in shown


def test_a_box_that_may_stay_empty_says_so():
    class Optional(forms.Form):
        name = forms.CharField(required=False, label="ชื่อ")

    with translation.override("th"):
        assert "(ไม่บังคับ)" in str(Optional())
        assert "(ไม่บังคับ)" not in str(EveryKind())


def test_a_placeholder_that_repeats_the_label_is_left_out():
    class Repeating(forms.Form):
        name = forms.CharField(label="ชื่อ", widget=forms.TextInput({"placeholder": "ชื่อ"}))
        kind = forms.CharField(label="ชนิด", widget=forms.TextInput({"placeholder": "เช่น ถนน"}))

    assert [box.get("placeholder") for box in Page(str(Repeating())).all("input")] == [None, "เช่น ถนน"]


class ToBeSent(forms.Form):
    aim = needed_to_send(CleanTextField(label="วัตถุประสงค์"))
    more = CleanTextField(label="เพิ่มเติม", required=False)


def test_box_that_only_a_draft_may_leave_empty_does_not_call_itself_optional():
    with translation.override("th"):
        text = str(ToBeSent({}))

    assert 'วัตถุประสงค์ <span class="soft fw-normal">(ต้องกรอกก่อนส่ง)</span>' in text
    assert 'เพิ่มเติม <span class="soft fw-normal">(ไม่บังคับ)</span>' in text
    assert ToBeSent({}).is_valid()
