"""What the place finder answers: places, with how sure it is and what it could not tell."""

from __future__ import annotations

from dataclasses import dataclass

from prasan.kernel.sentence import Sentence
from prasan.places.models import Area

CERTAIN = 0.8
"""From this score on a place is taken as found; below it, it is one possibility that a person must judge."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An area that the text may speak of.

    `score` runs from 0 to 1; `words` are the pieces of the text it rests on, `remarks` what was not as
    written in the gazetteer; `is_inside` is false where the text itself names a place outside the area that
    was asked for.
    """

    area: Area
    score: float
    words: tuple[str, ...]
    remarks: tuple[Sentence, ...] = ()
    is_inside: bool = True

    @property
    def code(self) -> str:
        return self.area.code


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place the text names that could be any of several; the likeliest first."""

    words: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    remarks: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Every place that a text names: those that are certain, and those that only a person can tell."""

    places: tuple[Candidate, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def ambiguous(self) -> bool:
        return bool(self.doubts)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the places that are certain."""
        return tuple(place.code for place in self.places)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Everything the text may speak of, for a person to choose from; the likeliest first."""
        found = [*self.places, *(one for doubt in self.doubts for one in doubt.candidates)]
        return tuple(sorted(found, key=lambda candidate: -candidate.score))

    @property
    def sentence(self) -> Sentence:
        """What was found, in one sentence."""
        places, doubts = len(self.places), len(self.doubts)
        if not places and not doubts:
            return Sentence(
                "ไม่พบชื่อสถานที่ในข้อความนี้ กรุณาพิมพ์ตำบล อำเภอ และจังหวัด",
                "No place is named in this text. Please give the tambon, amphoe and province.",
            )
        if not doubts:
            return Sentence(f"พบสถานที่ {places:,} แห่ง", f"Places found: {places:,}.")
        if not places:
            return Sentence(
                "ข้อความนี้อาจหมายถึงได้หลายแห่ง กรุณาเลือก",
                "This text could mean one of several places. Please choose.",
            )
        return Sentence(
            f"พบสถานที่ {places:,} แห่ง และอีก {doubts:,} แห่งที่อาจเป็นได้หลายที่ กรุณาเลือก",
            f"Places found: {places:,}; {doubts:,} more could be one of several. Please choose.",
        )
