"""The place finder: what places a text names, as far as the text itself tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from prasan.kernel.sentence import Sentence
from prasan.places.finder.answers import ONLY_THE_AMPHOE, Answer
from prasan.places.finder.bare import Chain, chains, villages_called
from prasan.places.finder.directory import Directory, directory
from prasan.places.finder.finding import CERTAIN, Candidate, Doubt, Finding
from prasan.places.finder.reading import Kind, Letters, Mention, read
from prasan.places.finder.resolving import Resolution
from prasan.places.finder.villages import settle_villages
from prasan.places.models import COUNTRY, PARENTS, Area, Level

LONGEST_TEXT = 4000


def find_place(text: str, *, within: Area | Collection[Area] | None = None, limit: int = 10) -> Finding:
    """The places a text names, each with its code, a score and what was not as written.

    `within` says where the text comes from (a province, several of a cluster): it decides what the text
    leaves open, and never overrules what the text says. What is unknown or could be several places is never
    guessed: it comes as a doubt with at most `limit` candidates, or not at all.
    """
    names = directory()
    inside = _codes(within)
    letters, mentions = read(text[:LONGEST_TEXT])
    resolution = Resolution(letters, mentions, names, inside)
    if any(mention.kind <= Kind.TAMBON for mention in mentions):
        resolution.run()
        answers = _answers(resolution)
    else:
        answers = _answers_without_words(resolution, names)
    return _finding(answers, inside, limit)


def _codes(within: Area | Collection[Area] | None) -> tuple[str, ...]:
    areas = [within] if isinstance(within, Area) else list(within or ())
    return tuple(area.code for area in areas if area.code != COUNTRY)


def _answers(resolution: Resolution) -> list[Answer]:
    """The villages and tambon, and the amphoe and provinces that stand for themselves."""
    villages = settle_villages(resolution)
    unused = {mention.start for mention in resolution.unused()}
    areas = [
        answer
        for mention in resolution.mentions
        if not mention.is_swallowed
        and (answer := resolution.answer_of(mention)) is not None
        and (mention.kind == Kind.TAMBON or mention.start in unused)
    ]
    return [*villages, *areas]


def _answers_without_words(resolution: Resolution, names: Directory) -> list[Answer]:
    """Where no word announces an area, the whole text must be names, or a village with or without names."""
    letters, mentions, within = resolution.letters, list(resolution.mentions), resolution.within
    if not mentions:
        return _whole(letters, 0, chains(letters, names, within))
    numbered = [mention for mention in mentions if mention.kind == Kind.MOO]
    if not numbered:
        first = mentions[0]
        return (
            _whole(letters, first.start, villages_called(letters, first.name_at, within))
            if not first.start
            else []
        )
    start = numbered[-1].name_at
    found = chains(letters, names, within, start)
    if found and len(found[0].codes) == 1 and len(found[0].codes[0]) == 6:
        end = len(letters.letters)
        tambon = Mention(Kind.TAMBON, start, start, end, codes=list(found[0].codes), end=end)
        resolution.mentions.add(tambon)
        resolution.answers[start] = Answer(found[0].codes, found[0].score, [letters.words(start, end)])
    return _answers(resolution)


def _whole(letters: Letters, start: int, found: list[Chain]) -> list[Answer]:
    codes = tuple(dict.fromkeys(code for chain in found for code in chain.codes))
    if not codes:
        return []
    score = found[0].score if len(codes) == 1 else min(found[0].score, CERTAIN - 0.1)
    return [Answer(codes, score, [letters.words(start, len(letters.letters))])]


def _finding(answers: list[Answer], inside: tuple[str, ...], limit: int) -> Finding:
    areas = _areas(code for answer in answers for code in answer.codes[: limit + 1])
    certain: dict[str, Candidate] = {}
    doubts: list[Doubt] = []
    for answer in answers:
        candidates = tuple(
            _candidate(areas[code], answer, position, inside)
            for position, code in enumerate(answer.codes[:limit])
            if code in areas
        )
        if len(candidates) == 1 and len(answer.codes) == 1 and answer.score >= CERTAIN:
            known = certain.get(candidates[0].code)
            if known is None or known.score < candidates[0].score:
                certain[candidates[0].code] = candidates[0]
        elif candidates:
            remarks = list(answer.remarks)
            if len(answer.codes) > limit:
                remarks.append(_more(len(answer.codes) - limit))
            doubts.append(Doubt(tuple(answer.words), candidates, tuple(remarks)))
    places: list[Candidate] = []
    for place in certain.values():
        inner = [one for one in certain.values() if one is not place and _lies_in(one.area, place.area)]
        if not inner:
            places.append(place)
        elif place.remarks and place.score <= ONLY_THE_AMPHOE:
            doubts.append(Doubt(place.words, (place,), place.remarks))
    return Finding(tuple(places), tuple(_unsettled(doubts, places)))


def _lies_in(area: Area, outer: Area) -> bool:
    return area.path.startswith(outer.path)


def _unsettled(doubts: list[Doubt], places: list[Candidate]) -> list[Doubt]:
    """Doubts that no certain place of the text settles, each once."""
    left: dict[tuple[str, ...], Doubt] = {}
    for doubt in doubts:
        small = [one for one in doubt.candidates if one.area.level >= Level.TAMBON]
        if not any(_lies_in(place.area, one.area) for one in small for place in places):
            left.setdefault(tuple(one.code for one in doubt.candidates), doubt)
    return list(left.values())


def _candidate(area: Area, answer: Answer, position: int, inside: tuple[str, ...]) -> Candidate:
    score = max(0.0, answer.score - 0.01 * position)
    is_inside = not inside or area.code.startswith(inside)
    return Candidate(area, round(score, 3), tuple(answer.words), tuple(answer.remarks), is_inside)


def _areas(codes: Iterable[str]) -> dict[str, Area]:
    wanted = set(codes)
    return Area.objects.select_related(PARENTS).in_bulk(list(wanted)) if wanted else {}


def _more(count: int) -> Sentence:
    return Sentence(
        f"และอีก {count:,} แห่ง กรุณาระบุอำเภอหรือจังหวัด", f"and {count:,} more; please add the amphoe or province"
    )
