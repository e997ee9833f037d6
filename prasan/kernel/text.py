"""Cleaning of Thai text as it comes in: the same word is always the same characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from prasan.kernel.sentence import Sentence

TONES = "่้๊๋"
KARAN = "์"
VOWEL_MARKS = "ัิีึืฺุู็"
"""What is written above or below a consonant and comes before its tone mark."""
NIKHAHIT = "ํ"
MARKS = VOWEL_MARKS + TONES + KARAN + NIKHAHIT + "๎"

_PRIVATE_GLYPHS = str.maketrans({chr(0xF700 + offset): thai for offset, thai in enumerate("ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู")})
"""Private characters by which old Windows fonts drew moved vowels and tones; PDF files still hold them."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
"""Kinds of character never kept: controls, zero-width and direction marks, halves of characters."""
_UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0"
"""Fillers of Korean writing: letters by their kind, with nothing to see."""
_HIGHEST_PILE = 30
"""Marks kept on one letter, as in Unicode's Stream-Safe Text Format: endless ones take minutes to compose."""

_PILE = re.compile(f"[{MARKS}]{{{_HIGHEST_PILE + 1},}}")
_USUAL = frozenset(MARKS + "\n\t")
_UNUSUAL = re.compile(f"[^\n -~ก-ะาำเ-ๆ๐-๙{MARKS}]")
"""Looked for first, since most texts hold nothing of the kind."""

_NEW_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_SPACES_AT_LINE_ENDS = re.compile(r" *\n *")

_TWO_E = re.compile("เเ")
_TONE_BEFORE_VOWEL = re.compile(f"[{TONES}{KARAN}][{VOWEL_MARKS}]")
_STACKED_MARKS = re.compile(f"[{TONES}{KARAN}{VOWEL_MARKS}]{{2,}}")
_TONE_BEHIND_ITS_PLACE = re.compile(f"[ะาำ][{TONES}]")
_TONES_AND_FOLLOWING_VOWELS = re.compile(f"[{TONES}ะาำ]{{2,}}")
_SPLIT_SARA_AM = re.compile(f"{NIKHAHIT}([{TONES}]*)า")
_DOUBLED_MARK = re.compile(f"([{MARKS}])\\1+")
_PERHAPS_DISPUTED = re.compile(f"[{TONES}{KARAN}{NIKHAHIT}]|เเ|([{VOWEL_MARKS}])\\1")


def clean(text: str) -> str:
    """The text as it is stored: composed (NFC), Thai marks in one order, no invisible or control characters.

    Lines stay lines; within a line, runs of space become one space and the ends are trimmed. Letters that
    only look alike are never changed (see `lookalikes`). Cleaning twice changes nothing more.
    """
    if _UNUSUAL.search(text):
        text = _composed(_NEW_LINES.sub("\n", text).translate(_PRIVATE_GLYPHS))
        text = _SPACES.sub(" ", text)
    elif not text.isascii():
        text = _composed(text)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if "\n" in text:
        text = _SPACES_AT_LINE_ENDS.sub("\n", text)
    text = text.strip()
    while _PERHAPS_DISPUTED.search(text) and (settled := _settled(text)) != text:
        text = _composed(settled)
    return text


def says_something(text: str) -> bool:
    """Whether a letter or digit can be seen in it: dots, dashes and fillers tell nothing."""
    return any(
        unicodedata.category(character)[0] in "LN" and character not in _UNSEEN_LETTERS
        for character in clean(text)
    )


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(_sound(text)) if _needs_care(text) else text)


def _needs_care(text: str) -> bool:
    """Whether a character may have to go: quicker seen from the few different ones than from all."""
    if not _UNUSUAL.search(text):
        return _PILE.search(text) is not None
    kinds = {unicodedata.category(character) for character in set(text).difference(_USUAL)}
    return "Mn" in kinds or not kinds.isdisjoint(_INVISIBLE) or _PILE.search(text) is not None


def _sound(text: str) -> Iterator[str]:
    """The characters that may be kept."""
    pile = 0
    for character in text:
        kind = unicodedata.category(character)
        if kind in _INVISIBLE and character not in "\n\t":
            continue
        pile = pile + 1 if kind == "Mn" else 0
        if pile <= _HIGHEST_PILE:
            yield character


def _settled(text: str) -> str:
    """One round of the rules for Thai; each moves marks in one direction or drops them, so the rounds end."""
    text = _TWO_E.sub("แ", text)
    if _TONE_BEFORE_VOWEL.search(text):
        text = _STACKED_MARKS.sub(lambda found: _sorted_by(VOWEL_MARKS, found.group()), text)
    if _TONE_BEHIND_ITS_PLACE.search(text):
        text = _TONES_AND_FOLLOWING_VOWELS.sub(lambda found: _sorted_by(TONES, found.group()), text)
    text = _SPLIT_SARA_AM.sub(r"\1ำ", text)
    return _DOUBLED_MARK.sub(r"\1", text)


def _sorted_by(first: str, marks: str) -> str:
    """The marks with those of the first kind in front, otherwise in their order."""
    return "".join(sorted(marks, key=lambda mark: mark not in first))


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A letter that stands among letters of another script and looks like one of them."""

    position: int
    character: str
    looks_like: str
    word: str

    @property
    def sentence(self) -> Sentence:
        script_th, script_en = _SCRIPT_NAMES[_script(self.character)]
        return Sentence(
            f"ในคำ “{self.word}” มีตัวอักษร{script_th} “{self.character}” ซึ่งคล้ายกับ “{self.looks_like}” "
            "กรุณาตรวจสอบและพิมพ์ใหม่หากไม่ได้ตั้งใจ",
            f"The word “{self.word}” holds the {script_en} letter “{self.character}”, which looks like "
            f"“{self.looks_like}”. Please check it and type it again if it was not meant.",
        )


_SCRIPT_NAMES = {
    "latin": ("ละติน", "Latin"),
    "cyrillic": ("ซีริลลิก", "Cyrillic"),
    "greek": ("กรีก", "Greek"),
    "lao": ("ลาว", "Lao"),
}

_CYRILLIC_TWINS = dict(zip("АВЕЅІЈКМНОРСТХУаеѕіјорсхуԁһԛԝ", "ABESIJKMHOPCTXYaesijopcxydhqw", strict=True))
_GREEK_TWINS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ", "ABEZHIKMNOPTYXaikvopux", strict=True))
_LATIN_TWINS = _CYRILLIC_TWINS | _GREEK_TWINS
"""The Latin letter that a Cyrillic or Greek one is drawn like."""

_LAO_BEHIND_THAI = 0x80
"""Lao stands in Unicode as far behind Thai as this, letter for letter."""

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0e31-\u0e4e\u0eb1-\u0ecd\u0300-\u036f])*")


def lookalikes(text: str) -> list[Lookalike]:
    """The letters in the text that pose as letters of the script of their word; the text is not changed.

    Reported are Cyrillic and Greek letters that look Latin in a word with Latin or Thai letters, Latin
    letters that look Cyrillic or Greek in a word mostly of those, and Lao letters in a word with Thai ones.
    Latin beside Thai is how brands are written and is not reported.
    """
    return [
        Lookalike(word.start() + offset, character, twin, word.group())
        for word in _WORD.finditer(text)
        if not word.group().isascii()
        for offset, (character, twin) in enumerate(_with_twins(word.group()))
        if twin is not None
    ]


def _with_twins(word: str) -> list[tuple[str, str | None]]:
    """Each character of the word with the letter it poses as, if any."""
    scripts = [_script(character) for character in word]
    latin, foreign = scripts.count("latin"), scripts.count("cyrillic") + scripts.count("greek")
    twins: dict[str, str] = {}
    if "thai" in scripts:
        twins |= {letter: chr(ord(letter) - _LAO_BEHIND_THAI) for letter in word if _has_thai_twin(letter)}
    if "thai" in scripts or latin >= foreign:
        twins |= _LATIN_TWINS
    elif latin:
        of_word = _CYRILLIC_TWINS if "cyrillic" in scripts else _GREEK_TWINS
        twins |= {twin: letter for letter, twin in of_word.items()}
    return [(character, twins.get(character)) for character in word]


def _script(character: str) -> str:
    if "\u0e00" <= character <= "\u0e7f":
        return "thai"
    if "\u0e80" <= character <= "\u0eff":
        return "lao"
    if "\u0370" <= character <= "\u03ff":
        return "greek"
    if "\u0400" <= character <= "\u052f":
        return "cyrillic"
    return "latin" if character.isascii() and character.isalpha() else "other"


def _has_thai_twin(character: str) -> bool:
    return _script(character) == "lao" and unicodedata.name(chr(ord(character) - _LAO_BEHIND_THAI), "") != ""
