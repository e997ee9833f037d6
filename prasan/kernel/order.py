"""Thai dictionary order as a stored key, because the embedded database has no collation for Thai."""

from __future__ import annotations

import re
import unicodedata

_SYMBOLS = "`´^¯¨¸°©®+±÷×<=>¬|¦~¤¢$£¥฿₫€"
_DIGITS = "0123456789"
_THAI = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮํะัาิีึืุูเแโใไฺ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_MARKS = (
    "\u0332\u0313\u0314\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328"
    "\u0304\u0335\u0309\u031b\u0323๎์็่้๊๋"
)
"""What decides only between words of the same letters: Latin accents and Thai marks, from light to heavy."""

_SPELLED_OUT = {
    "ำ": "าํ",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "ø": "o\u0338",
    "đ": "d\u0335",
    "ð": "d\u0335",
    "ł": "l\u0335",
}
_VARIANTS = {"ๅ": "า"}

_FIRST_WEIGHT = 0xA1
"""Weights of letters begin here: above the separator and the weights of marks, below Greek (U+0370)."""
_UNKNOWN_SYMBOL = chr(_FIRST_WEIGHT - 1)
_BEYOND_LATIN = "\u036f"
_FIRST_MARK_WEIGHT = ord("0")
_VARIANT = "~"
"""Stands behind a letter that is only another shape (capital, lakkhangyao) of the one before it."""
_SEPARATOR = " "
_NO_DISTANCE = 0x7FF
_LONGEST_DISTANCE = 0x6FF

_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_MARK_WEIGHTS = re.compile("[!-~]")


def thai_sort_key(text: str) -> str:
    """A key whose order by plain code points (COLLATE "C") is the dictionary order of clean Thai text.

    It orders as ICU does for the locale `th`: leading vowels count after their consonant; tone marks, ็ and ์
    decide only between words of the same letters; spaces, punctuation, ฯ and ๆ do not count; then symbols,
    digits (๑ as 1), Thai, Latin with a before A, other scripts. Texts that ICU calls equal have equal keys,
    so add another column where the order must be total.

    It differs from ICU in rare characters: letters outside Thai and a–z with accents, and symbols beyond the
    usual, stand in the order of their code points; so do accents that are not met in European names.
    """
    weights = _LEADING_VOWEL.sub(r"\2\1", unicodedata.normalize("NFC", text)).translate(_WEIGHTS)
    letters = _MARK_WEIGHTS.sub("", weights)
    if len(letters) == len(weights):
        return letters
    return letters + _SEPARATOR + _key_of_marks(weights)


def _key_of_marks(weights: str) -> str:
    """Marks, then variants: each as how many letters passed since the last one, and its weight."""
    marks: list[str] = []
    variants: list[str] = []
    last_mark = last_variant = 0
    for seen, found in enumerate(_MARK_WEIGHTS.finditer(weights)):
        position = found.start() - seen
        if found.group() == _VARIANT:
            variants.append(_closeness(position - last_variant))
            last_variant = position
        else:
            marks.append(_closeness(position - last_mark) + found.group())
            last_mark = position
    return "".join(marks) + (_SEPARATOR + "".join(variants) if variants else "")


def _closeness(distance: int) -> str:
    return chr(_NO_DISTANCE - min(distance, _LONGEST_DISTANCE))


class _Weights(dict[int, str]):
    """Weights of the usual characters; those of all others are worked out when they are met."""

    def __missing__(self, code: int) -> str:
        return _rare_weight(chr(code))


def _rare_weight(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    if decomposed != character:
        return decomposed.translate(_WEIGHTS)
    lowered = character.lower()
    if lowered != character:
        return lowered.translate(_WEIGHTS) + _VARIANT
    kind = unicodedata.category(character)
    if kind == "Nd":
        return _WEIGHTS[ord(str(unicodedata.digit(character)))]
    if kind[0] in "PZC":
        return ""
    if kind[0] == "M":
        return chr(_FIRST_MARK_WEIGHT + len(_MARKS))
    if kind[0] == "S":
        return _UNKNOWN_SYMBOL + character
    return character if character > _BEYOND_LATIN else _BEYOND_LATIN + character


def _usual_weights() -> _Weights:
    weights = _Weights()
    for weight, letter in enumerate(_SYMBOLS + _DIGITS + _THAI + _LATIN, start=_FIRST_WEIGHT):
        weights[ord(letter)] = chr(weight)
    for weight, mark in enumerate(_MARKS, start=_FIRST_MARK_WEIGHT):
        weights[ord(mark)] = chr(weight)
    for capital in _LATIN.upper():
        weights[ord(capital)] = weights[ord(capital.lower())] + _VARIANT
    for thai, arabic in zip("๐๑๒๓๔๕๖๗๘๙", _DIGITS, strict=True):
        weights[ord(thai)] = weights[ord(arabic)]
    for letter, spelling in _SPELLED_OUT.items():
        weights[ord(letter)] = "".join(weights[ord(part)] for part in spelling)
    for variant, letter in _VARIANTS.items():
        weights[ord(variant)] = weights[ord(letter)] + _VARIANT
    for ignored in " !\"#%&'()*,-./:;?@[\\]_{}ฯๆ๏๚๛\u200b":
        weights[ord(ignored)] = ""
    return weights


_WEIGHTS = _usual_weights()
