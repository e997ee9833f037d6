import importlib.util
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def messages(tmp_path, monkeypatch):
    """The script, looking at a small house of its own."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "setup" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "messages", module)
    spec.loader.exec_module(module)
    prasan = tmp_path / "prasan"
    for name, path in (("ROOT", "."), ("PRASAN", "prasan"), ("WEB", "prasan/web")):
        monkeypatch.setattr(module, name, tmp_path / path)
    monkeypatch.setattr(module, "TEMPLATES", prasan / "web" / "templates")
    for folder in ("places", "web/places", "web/shell", "web/templates/places", "web/templates/mfa"):
        (prasan / folder).mkdir(parents=True)
    (prasan / "web" / "accounts").mkdir()
    (prasan / "places" / "models.py").write_text(
        "label = _('Area')\nngettext('%(n)s village', '%(n)s villages', n)\npgettext('map', 'Point')\n"
    )
    (prasan / "web" / "places" / "views.py").write_text("words = gettext('Found it')\n")
    (prasan / "web" / "templates" / "base.html").write_text("    <p>{% translate 'Skip' %}</p>\n")
    (prasan / "web" / "templates" / "places" / "area_page.html").write_text(
        "{% load i18n %}\n      <h1>\n   {% blocktranslate with name=area.name %}In {{ name }}"
        "{% endblocktranslate %}\n"
        '  </h1>{% if a %}{{ _("Inside") }}{% endif %}{# gettext("a comment") #}\n'
    )
    (prasan / "web" / "templates" / "mfa" / "index.html").write_text('{% trans "Second factor" %}')
    return module


def strings(messages):
    root = messages.PRASAN
    return {room.relative_to(root).as_posix(): found for room, found in messages.marked_strings().items()}


def test_each_string_belongs_to_the_room_that_says_it(messages):
    assert strings(messages) == {
        "places": {
            (None, "Area"): None,
            (None, "%(n)s village"): "%(n)s villages",
            ("map", "Point"): None,
        },
        "web/places": {(None, "Found it"): None, (None, "In %(name)s"): None, (None, "Inside"): None},
        "web/shell": {(None, "Skip"): None},
        "web/accounts": {(None, "Second factor"): None},
    }


def test_check_names_what_is_missing_stale_or_lost(messages, capsys):
    messages.update()
    path = messages.path_of(messages.PRASAN / "places")
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(count)s หมู่บ้าน"}
    catalogue.append(polib.POEntry(msgid="Nobody says this", msgstr="ไม่มีใครพูด"))
    catalogue.save()
    (messages.PRASAN / "places" / "names.py").write_text("_('New word')")

    assert messages.check() == 1

    said = capsys.readouterr().out.splitlines()
    assert [line.split(": ", 1)[1] for line in said if line.startswith("prasan/places/")] == [
        "missing: 'New word'",
        "without Thai: 'Area'",
        "another placeholder in Thai: '%(n)s village'",
        "without Thai: 'Point'",
        "stale: 'Nobody says this'",
    ]


def test_translated_house_passes_and_compiles(messages, capsys):
    messages.update()
    for path in messages.PRASAN.rglob("*.po"):
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            if entry.msgid_plural:
                entry.msgstr_plural = {0: entry.msgid_plural}
            else:
                entry.msgstr = entry.msgid
        catalogue.save()

    assert messages.check() == 0
    assert messages.compile_all() == 0

    assert capsys.readouterr().out == "messages: 8 strings, 0 faults\n"
    compiled = polib.mofile(str(messages.path_of(messages.WEB / "places").with_suffix(".mo")))
    assert sorted(entry.msgid for entry in compiled) == ["Found it", "In %(name)s", "Inside"]


def test_update_keeps_what_is_translated(messages):
    messages.update()
    path = messages.path_of(messages.WEB / "shell")
    catalogue = polib.pofile(str(path))
    catalogue.find("Skip").msgstr = "ข้าม"
    catalogue.save()

    messages.update()

    assert [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))] == [("Skip", "ข้าม")]
