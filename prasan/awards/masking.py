"""Hiding whose an entry is: names of owners, of places around them, of provinces and kinds of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from prasan.kernel.local_government_names import local_government_title

MASK = "■■■"

KINDS = ("อบจ.", "ทน.", "ทม.", "ทต.", "อบต.")
KNOWN_AS = {
    "10": ("กทม.", "บางกอก", "bkk"),
    "14": ("กรุงเก่า", "อยุธยา", "ayutthaya"),
    "30": ("โคราช", "korat"),
    "45": ("101",),
}
"""Under which other words everybody knows a province, by its code: Roi Et is “one hundred and one”."""

_TITLES = (
    *(local_government_title(kind) for kind in KINDS),
    "องค์การบริการส่วนตำบล",  # as one source writes it
    "องค์กรปกครองส่วนท้องถิ่น",
    "สำนักงานเทศบาล",
    "สำนักงานจังหวัด",
    "เทศบาล",
)
_TITLES_EN = (
    "provincial administrative organisation",
    "provincial administrative organization",
    "subdistrict administrative organisation",
    "subdistrict administrative organization",
    "tambon administrative organisation",
    "tambon administrative organization",
    "subdistrict municipality",
    "city municipality",
    "town municipality",
    "municipality",
    "province",
    "provincial office",
    "office",
    "district",
    "tambon",
)
_SHORT = tuple(kind.rstrip(".") for kind in KINDS)
_BEFORE_A_PLACE = r"(?:จังหวัด|จ\.|อำเภอ|อ\.|ตำบล|ต\.|เมือง|นคร|ชาว|คน)"
_SURE = 5
"""Letters from which on the name of any province is no other word: เลย, ตาก and น่าน are."""
SPACED = r"\.?\s?"
_LEAST_LATIN = 3
_LEAST_CUT = 5
"""Letters from which on a word is taken for a name cut short, or for one inside a longer word."""
_LATIN = re.compile(r"[A-Za-z]+(?:[ \-_.][A-Za-z]+)*")
_LETTERS = re.compile("[^a-z]")


@dataclass(frozen=True, slots=True)
class Identity:
    """What gives one owner away: his names and those of places around him, in Thai and in Latin letters."""

    thai: frozenset[str]
    latin: frozenset[str]
    others: frozenset[str]
    """Names that point at a place, but not at this one: of all provinces."""
    others_latin: frozenset[str]


def identity_of(
    names: Iterable[str],
    names_en: Iterable[str],
    provinces: Iterable[tuple[str, str]],
    known_as: Iterable[str] = (),
) -> Identity:
    """The identity of an owner: full names and names of places around him; `provinces` are all there are."""
    thai = {bare for name in names for bare in _bare(name)}
    latin = {compact for name in names_en for compact in _compacts(name)}
    for alias in known_as:
        (latin if alias.isascii() and alias.isalpha() else thai).add(alias)
    every = list(provinces)
    return Identity(
        frozenset(thai - {""}),
        frozenset(latin - {""}),
        frozenset(th for th, _en in every if th),
        frozenset(_LETTERS.sub("", en.lower()) for _th, en in every if en),
    )


def masked(text: str, identity: Identity) -> str:
    """The text with everything that gives the owner away replaced; what is left reads on.

    Names of the owner and of places around him go wherever they stand, also inside a longer word; names of
    other provinces where they can mean nothing else; kinds of local government always.
    """
    if not text:
        return text
    text = _pattern(identity).sub(MASK, text)
    text = _LATIN.sub(lambda found: _latin_masked(found[0], identity), text)
    return re.sub(f"(?:{MASK}[ \\-]?)*{MASK}", MASK, text)


def gives_away(text: str, identity: Identity) -> bool:
    """Whether anything in the text tells whose the entry is."""
    return masked(text, identity) != text


@lru_cache(maxsize=512)
def _pattern(identity: Identity) -> re.Pattern[str]:
    own = sorted(identity.thai, key=lambda name: (-len(name), name))
    sure = sorted(
        (name for name in identity.others if len(name) >= _SURE), key=lambda name: (-len(name), name)
    )
    unsure = sorted(name for name in identity.others if len(name) < _SURE)
    titles = sorted(_TITLES, key=len, reverse=True)
    short = [SPACED.join(letters) + r"\." for letters in _SHORT]
    bare_short = [rf"(?<![ก-ฮ]){re.escape(letters)}(?![ก-๙])" for letters in _SHORT if len(letters) == 3]
    parts = [
        *(re.escape(each) for each in titles),
        *short,
        *bare_short,
        *(_spaced(each) for each in own),
        *(_spaced(each) for each in sure),
        *(rf"{_BEFORE_A_PLACE}\s?{re.escape(each)}" for each in unsure),
    ]
    return re.compile("|".join(parts))


def _spaced(name: str) -> str:
    """The name also where somebody put blanks between its letters' groups."""
    return r"\s?".join(re.escape(part) for part in name.split())


def _bare(name: str) -> list[str]:
    """A name as it is, and without the words that only say of what kind it is."""
    name = " ".join(name.split())
    found = [name]
    bare = name
    for title in (*_TITLES, "จังหวัด", "อำเภอ", "ตำบล", "หมู่บ้าน", "เขต", "แขวง", "กรุงเทพมหานคร"):
        if bare.startswith(title) and len(bare) > len(title) + 1:
            bare = bare[len(title) :].strip()
            found.append(bare)
    for word in ("เมือง", "นคร", "บ้าน"):
        if bare.startswith(word) and len(bare) > len(word) + 2:
            found.append(bare[len(word) :].strip())
    return [each for each in found if len(each) > 1 and each not in _TITLES]


def _compacts(name: str) -> list[str]:
    """A name in Latin letters without blanks, as a whole and without its kind."""
    lowered = " ".join(name.lower().replace("-", " ").split())
    bare = lowered
    for title in _TITLES_EN:
        bare = bare.removesuffix(title).removeprefix(title).strip()
    kept = [lowered, bare]
    for word in ("mueang ", "nakhon ", "ban ", "phra nakhon "):
        kept.append(bare.removeprefix(word))
    compacts = {_LETTERS.sub("", each) for each in kept}
    return [each for each in compacts if len(each) >= _LEAST_LATIN]


def _latin_masked(run: str, identity: Identity) -> str:
    """A run of Latin words with those masked that spell a name, together or each, whole or cut short."""
    parts = re.split(r"([ \-_.])", run)
    words, gaps = parts[0::2], parts[1::2]
    hidden = [False] * len(words)
    lowered = [word.lower() for word in words]
    for first in range(len(words)):
        for last in range(first, min(first + 6, len(words))):
            spelled = "".join(lowered[first : last + 1])
            is_name = _spells(spelled, identity) or (first == last and _holds(spelled, identity))
            if is_name or (not hidden[first] and _sounds_like(spelled, identity)):
                hidden[first : last + 1] = [True] * (last + 1 - first)
    told = [MASK if is_hidden else word for word, is_hidden in zip(words, hidden, strict=True)]
    return "".join(part for pair in zip(told, [*gaps, ""], strict=True) for part in pair)


def _spells(spelled: str, identity: Identity) -> bool:
    if len(spelled) < _LEAST_LATIN:
        return False
    if spelled in identity.others_latin or spelled in identity.latin:
        return True
    return len(spelled) >= _LEAST_CUT and any(name.startswith(spelled) for name in identity.latin)


def _sounds_like(spelled: str, identity: Identity) -> bool:
    """Whether it is read as a name, in another way of writing Thai with Latin letters."""
    return len(spelled) > _LEAST_LATIN and _sounds(spelled) in {_sounds(name) for name in identity.latin}


def _holds(word: str, identity: Identity) -> bool:
    """Whether a name stands inside a longer word: PhuketApp."""
    return any(len(name) >= _LEAST_CUT and name in word for name in identity.latin)


def _sounds(word: str) -> str:
    """How a romanised Thai name sounds, whoever romanised it: Phuket and Puket, Thungsong and Tungsong."""
    for written, heard in (("ph", "p"), ("th", "t"), ("kh", "k"), ("ch", "j"), ("ae", "a"), ("ue", "u")):
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", word)
