"""How the people of the made-up city put a problem into words: short or long, in own words, with slips."""

from __future__ import annotations

from typing import NamedTuple

from bench.match_city_map import Chance, Site
from bench.match_city_words import (
    AGAIN,
    ALONG,
    ASIDE,
    ENDINGS,
    KINDS,
    OPENERS,
    OTHER,
    POSTERS,
    SINCE,
    SLIPS,
    Kind,
)

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
FIRST_TONE, LAST_TONE = "่", "๋"


class Problem(NamedTuple):
    """One planted problem: what it is, where, since when, and what of it most reporters notice."""

    number: int
    scene: str
    kind: Kind
    site: Site
    start: float
    noun: str
    fault: str
    detail: str
    marks: str


class Speech:
    """Texts about problems; every person says it differently."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._one = chance.one

    def short(self, kind: Kind) -> str:
        """A few words of habit, the same all over the city."""
        return self._one(kind.habitual) + (self._one(ENDINGS) if self._chance.random() < 0.3 else "")

    def told(self, problem: Problem, *, marked: bool = False, along: bool = False) -> str:
        """What one person writes of the problem; `marked` always says what tells it from the next one."""
        kind, below, one = problem.kind, self._chance.random, self._one
        clause = (problem.noun if below() < 0.45 else one(kind.nouns)) + (
            problem.fault if below() < 0.45 else one(kind.faults)
        )
        if along:
            clause += f" {one(ALONG)}"
        place = ""
        if marked or along or below() < 0.62:
            place = self.place(problem.site, problem.marks if marked or below() < 0.5 else "", along=along)
        parts = [clause, place] if below() < 0.6 else [place, clause]
        length = below()
        if length > 0.35:
            if below() < 0.4:
                parts.insert(0, one(OPENERS))
            if below() < 0.6:
                parts.append(problem.detail if below() < 0.7 else one(kind.details))
            if below() < 0.35:
                parts.append(one(SINCE))
            if below() < 0.5:
                parts.append(one(kind.asks))
        if length > 0.75:
            parts.append(one(kind.harms))
            if below() < 0.5:
                parts.append(one(kind.harms))
            parts.append(one(AGAIN if below() < 0.1 else SINCE))
        joint = one(("", " ", " ", "\n", "  "))
        return self._slipped(joint.join(part for part in parts if part) + one(ENDINGS))

    def again(self) -> str:
        """A reproach to those who have not come."""
        return f" {self._one(AGAIN)}"

    def aside(self, other: Problem) -> str:
        """Another problem mentioned by the way."""
        return f" {self._one(ASIDE).format(other.noun + other.fault)}"

    def poster(self, problem: Problem) -> tuple[str, dict[str, str]]:
        """A form that somebody fills in again and again, and what stays the same in it."""
        return self._one(POSTERS), {
            "clause": f"{problem.noun}{problem.fault} {problem.detail}",
            "ask": self._one(problem.kind.asks),
            "harm": self._one(problem.kind.harms),
            "round": str(1 + int(40 * self._chance.random())),
        }

    def label(self, kind: Kind) -> str:
        """What the person ticks: mostly nothing that helps, sometimes what is right, or wrong."""
        drawn = self._chance.random()
        if drawn < 0.6:
            return OTHER
        if drawn < 0.64:
            return ""
        if drawn < 0.88:
            return kind.label
        other = self._one(KINDS).label
        return other if drawn < 0.93 or other == kind.label else f"{kind.label},{other}"

    def place(self, site: Site, marks: str, *, full: bool = False, along: bool = False) -> str:
        """Where it is: the road or soi, and one of these marks."""
        below, one = self._chance.random, self._one
        if along:
            return one((f"ถนน{site.road}", f"ถ.{site.road}", site.road))
        if not site.soi:
            named = one(("ถนน{} ใกล้ซอย {}", "ถ.{} ปากซอย{}", "{} ตรงข้ามซอย {}"))
            soi = named.format(site.road, site.next_soi)
        else:
            named = "ซอย{} {}" if full else one(("ซอย{} {}", "ซ.{}{}", "{}ซอย{}", "{} {}"))
            soi = named.format(site.road, site.soi)
            if not full and not marks and below() < 0.25:
                soi = ("ปากซอย" if site.depth < 40 else "กลางซอย" if site.depth < 200 else "ท้ายซอย") + soi
        if not marks:
            return soi
        mark = self._mark(site, one(marks))
        return f"{soi} {mark}" if full or below() < 0.7 else f"{mark} {soi}"

    def _mark(self, site: Site, mark: str) -> str:
        if mark == "p":
            return f"เสาไฟต้นที่ {site.pole}"
        if mark == "s":
            return f"หน้า{site.shop}"
        if mark == "a" and site.soi:
            return f"แยก {site.alley}"
        return f"หน้าบ้านเลขที่ {site.house}"

    def _slipped(self, text: str) -> str:
        """The text as hasty thumbs leave it, now and then."""
        below = self._chance.random
        if below() < 0.3:
            offset = int(len(SLIPS) * below())
            for right, wrong in SLIPS[offset:] + SLIPS[:offset]:
                if right in text:
                    text = text.replace(right, wrong, 1)
                    break
        if below() < 0.12:
            spot = int(len(text) * below())
            found = next((at for at in range(spot, len(text)) if FIRST_TONE <= text[at] <= LAST_TONE), -1)
            if found >= 0:
                text = text[:found] + text[found + 1 :]
        return text.translate(THAI_DIGITS) if below() < 0.04 else text
