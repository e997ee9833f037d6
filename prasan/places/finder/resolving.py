"""From the mentions of a text to areas: provinces first, then the amphoe inside them, then the tambon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prasan.kernel.sentence import Sentence
from prasan.places.finder.answers import (
    A_BODY,
    ALONE_IN_THE_COUNTRY,
    BY_SURROUNDINGS,
    CONTRADICTED,
    MISSPELT,
    OLD_NAME,
    ONE_OF_SEVERAL,
    ONLY_THE_AMPHOE,
    RUNS_ON,
    SHORTEST_RUNNING_ON,
    SURE,
    Answer,
)
from prasan.places.finder.directory import EVERYWHERE, IN_BANGKOK, Directory, Match
from prasan.places.finder.mentions import Mentions
from prasan.places.finder.reading import Kind, Letters, Mention, is_on_road, list_goes_on
from prasan.places.finder.remarks import contradiction, misspelt, old, unknown
from prasan.places.models import Level
from prasan.places.names import BANGKOK


class Resolution:
    """The work on one text."""

    def __init__(
        self, letters: Letters, mentions: list[Mention], directory: Directory, within: tuple[str, ...]
    ) -> None:
        self.letters = letters
        self.mentions = Mentions(letters, mentions, directory)
        self.directory = directory
        self.within = within
        self.answers: dict[int, Answer] = {}
        """By the start of the mention."""

    def run(self) -> None:
        """Answer every mention of a province, amphoe or tambon that can be answered."""
        for mention in self.mentions.of(Kind.PROVINCE):
            self._settle_province(mention)
        self._add_unmarked()
        for mention in self.mentions.of(Kind.AMPHOE):
            self._settle_amphoe(mention)
        self._add_listed(Kind.AMPHOE)
        for mention in self.mentions.of(Kind.TAMBON):
            self._settle_tambon(mention)
        self._add_listed(Kind.TAMBON)

    def answer_of(self, mention: Mention) -> Answer | None:
        return self.answers.get(mention.start)

    def around(self, mention: Mention) -> tuple[Mention | None, Mention | None]:
        """The nearest mentions of areas before and after, leaving out those of no known name."""
        before = after = None
        for other in self.mentions:
            if other.kind <= Kind.TAMBON and other.codes and not other.is_swallowed:
                if other.start < mention.start:
                    before = other
                elif other.start > mention.start and after is None:
                    after = other
        return before, after

    def unused(self) -> Iterator[Mention]:
        """Provinces and amphoe that stand for themselves, not for where something smaller is."""
        for mention in self.mentions:
            is_outer = mention.kind in (Kind.PROVINCE, Kind.AMPHOE)
            if is_outer and not mention.is_used and not mention.is_swallowed:
                yield mention

    # Provinces

    def _settle_province(self, mention: Mention) -> None:
        found = self.mentions.longest(Level.PROVINCE, mention, EVERYWHERE)
        score = SURE
        remarks: list[Sentence] = []
        if found is None:
            found = self.mentions.nearest(Level.PROVINCE, mention, EVERYWHERE)
            score, remarks = MISSPELT, [misspelt(self.mentions.written(mention))]
        if found is not None:
            self._answer(mention, found, score, remarks)

    def _add_unmarked(self) -> None:
        """Names of larger areas that follow a smaller one without their word: `ต.ท่าตูม สุรินทร์`."""
        for mention in [*self.mentions.of(Kind.TAMBON), *self.mentions.of(Kind.AMPHOE)]:
            found = self.mentions.longest(Level(int(mention.kind)), mention, EVERYWHERE)
            if found is None or not found.is_whole:
                continue
            end = found.end
            if mention.kind == Kind.TAMBON:
                amphoe = self._unmarked_at(end, Level.AMPHOE)
                if amphoe is not None and self._is_amphoe_of(amphoe, found):
                    self.mentions.insert(Kind.AMPHOE, end)
                    end = amphoe.end
            province = self._unmarked_at(end, Level.PROVINCE)
            if province is not None:
                self._answer(self.mentions.insert(Kind.PROVINCE, end), province, SURE)

    def _is_amphoe_of(self, amphoe: Match, tambon: Match) -> bool:
        """Whether a bare name is the amphoe of the tambon before it, not the next tambon of a list."""
        has_its_own = any(other.start == amphoe.end for other in self.mentions.of(Kind.AMPHOE))
        return not has_its_own and any(code[:4] in amphoe.codes for code in tambon.codes)

    def _unmarked_at(self, position: int, level: Level) -> Match | None:
        if any(mention.start == position for mention in self.mentions):
            return None
        found = self.directory.longest(
            level,
            self.letters.letters,
            position,
            self.mentions.next_start(position),
            self.letters.breaks,
            EVERYWHERE,
        )
        return found if found is not None and found.is_whole else None

    # Amphoe

    def _settle_amphoe(self, mention: Mention) -> None:
        if mention.is_swallowed:
            return
        provinces = self._provinces_for(mention)
        if mention.is_bangkok_word:
            stated = [other for other in self.mentions.of(Kind.PROVINCE) if other.codes]
            if self._has_bangkok(stated):
                found = self.mentions.longest(Level.AMPHOE, mention, IN_BANGKOK)
                if found is not None:
                    self._answer(mention, found, SURE)
                    self._use([other for other in stated if BANGKOK in other.codes])
            return
        for province in provinces:
            found = self.mentions.longest(Level.AMPHOE, mention, tuple(province.codes))
            if found is not None:
                self._answer(mention, found, SURE if found.is_whole else RUNS_ON)
                self._use([province])
                return
        if provinces:
            self._settle_strange_amphoe(mention, provinces[0])
            return
        inside = tuple({code[:2] for code in self.within}) if self.within else EVERYWHERE
        found = self.mentions.longest(Level.AMPHOE, mention, inside)
        if found is None and self.within:
            found = self.mentions.nearest(Level.AMPHOE, mention, inside)
        if found is not None:
            score = BY_SURROUNDINGS if self.within else ALONE_IN_THE_COUNTRY
            self._answer(mention, found, score if not found.distance else MISSPELT)
        elif self.within and (found := self.mentions.longest(Level.AMPHOE, mention, EVERYWHERE)) is not None:
            self._answer(mention, found, CONTRADICTED)

    def _settle_strange_amphoe(self, mention: Mention, province: Mention) -> None:
        """An amphoe that its province does not have: a slip of the pen, or another province's."""
        self._use([province])
        found = self.mentions.nearest(Level.AMPHOE, mention, tuple(province.codes))
        if found is not None:
            self._answer(mention, found, MISSPELT, [misspelt(self.mentions.written(mention))])
            return
        found = self.mentions.longest(Level.AMPHOE, mention, EVERYWHERE)
        codes = found.codes if found is not None and found.is_whole else ()
        if found is not None and codes:
            self._answer(
                mention,
                replace(found, codes=(*codes, *province.codes)),
                CONTRADICTED,
                [contradiction(self.letters.words(mention.start, found.end))],
            )
        else:
            province.is_used = False

    def _provinces_for(self, mention: Mention) -> list[Mention]:
        """Provinces that may be meant, the likeliest first: the next one, or the one right before."""
        stated = [other for other in self.mentions.of(Kind.PROVINCE) if other.codes]
        after = next((other for other in stated if other.start > mention.start), None)
        before = next((other for other in reversed(stated) if other.start < mention.start), None)
        order = [after, before]
        if before is not None and before.end == mention.start:
            order.reverse()
        return [other for other in order if other is not None]

    def _has_bangkok(self, stated: list[Mention]) -> bool:
        if stated:
            return any(BANGKOK in other.codes for other in stated)
        return not self.within or any(code.startswith(BANGKOK) for code in self.within)

    # Tambon

    def _settle_tambon(self, mention: Mention) -> None:
        if mention.is_swallowed or (mention.is_body and is_on_road(self.letters, self.mentions, mention)):
            return
        contexts = self._contexts_for(mention)
        amphoe = [other for other in contexts if other.kind == Kind.AMPHOE]
        runs_on: tuple[Mention, Match] | None = None
        for context in amphoe:
            found = self.mentions.longest(Level.TAMBON, mention, self._amphoe_codes(context))
            if found is not None and found.is_whole:
                self._answer_in(mention, context, found, SURE)
                return
            if found is not None and runs_on is None and self._may_run_on(mention, found, context):
                runs_on = context, found
        if runs_on is not None:
            self._answer_in(mention, *runs_on, RUNS_ON)
        elif amphoe:
            self._settle_strange_tambon(mention, amphoe[0])
        else:
            self._settle_lone_tambon(mention, contexts[0] if contexts else None)

    def _answer_in(self, mention: Mention, amphoe: Mention, found: Match, score: float) -> None:
        self._answer(mention, found, score)
        self._use([amphoe, *self._provinces_for(amphoe)[:1]])

    def _may_run_on(self, mention: Mention, found: Match, amphoe: Mention) -> bool:
        """Whether other words may stand right behind the name: it is no piece of a longer or misspelt one."""
        if found.end - mention.name_at < SHORTEST_RUNNING_ON or self._is_longer_elsewhere(mention, found):
            return False
        return self.mentions.nearest(Level.TAMBON, mention, self._amphoe_codes(amphoe)) is None

    def _settle_strange_tambon(self, mention: Mention, amphoe: Mention) -> None:
        """A tambon that its amphoe does not have: an old name, a slip of the pen, or another amphoe's."""
        codes = self._amphoe_codes(amphoe)
        token = self.mentions.token_of(mention)
        self._use([amphoe, *self._provinces_for(amphoe)[:1]])
        if successors := self._successors(token, codes):
            self._answer(
                mention,
                Match(successors, mention.name_at + len(token)),
                OLD_NAME,
                [old(self.mentions.written(mention))],
            )
            return
        elsewhere = self.directory.exact(Level.TAMBON, token, tuple(code[:2] for code in codes))
        if not elsewhere:
            found = self.mentions.nearest(Level.TAMBON, mention, codes)
            if found is not None:
                self._answer(mention, found, MISSPELT, [misspelt(self.mentions.written(mention))])
                return
            if not mention.is_body:
                not_found = Match(codes, mention.name_at + len(token))
                self._answer(
                    mention,
                    not_found,
                    min(ONLY_THE_AMPHOE, self._score(amphoe)),
                    [unknown(self.mentions.written(mention))],
                )
            return
        both = Match((*elsewhere, *codes), mention.name_at + len(token))
        self._answer(
            mention, both, CONTRADICTED, [contradiction(self.letters.words(mention.start, both.end))]
        )

    def _settle_lone_tambon(self, mention: Mention, province: Mention | None) -> None:
        """A tambon without its amphoe, known by its province, by where we look, or by being the only one."""
        inside = tuple(province.codes) if province is not None else self.within or EVERYWHERE
        token = self.mentions.token_of(mention)
        found = self.mentions.longest(
            Level.TAMBON, mention, IN_BANGKOK if mention.is_bangkok_word else inside
        )
        score = ALONE_IN_THE_COUNTRY if inside == EVERYWHERE else BY_SURROUNDINGS
        remarks: list[Sentence] = []
        if (
            found is not None
            and not found.is_whole
            and (
                found.end - mention.name_at < SHORTEST_RUNNING_ON or self._is_longer_elsewhere(mention, found)
            )
        ):
            found = None
        if found is None and inside != EVERYWHERE:
            found, score, remarks = (
                self.mentions.nearest(Level.TAMBON, mention, inside),
                MISSPELT,
                [misspelt(self.mentions.written(mention))],
            )
        if found is None and (successors := self._successors(token, inside)):
            found, score = Match(successors, mention.name_at + len(token)), OLD_NAME
            remarks = [old(self.mentions.written(mention))]
        if found is not None:
            self._answer(mention, found, score if found.is_whole else min(score, RUNS_ON), remarks)
            if province is not None:
                self._use([province])

    def _contexts_for(self, mention: Mention) -> list[Mention]:
        """The amphoe or province a tambon may belong to: those after it, then the one before it."""
        known = [
            other
            for other in self.mentions
            if other.kind <= Kind.AMPHOE and other.codes and not other.is_swallowed
        ]
        after = [other for other in known if other.start > mention.start]
        run: list[Mention] = []
        for other in after:
            if run and (other.kind != run[0].kind or self._tambon_between(run[-1], other)):
                break
            run.append(other)
            if other.kind == Kind.PROVINCE:
                break
        before = [other for other in known if other.start < mention.start]
        left = before[-1:]
        if left and left[0].end == mention.start and (not run or self._tambon_between(mention, run[0])):
            return [*left, *run]
        return [*run, *left]

    def _tambon_between(self, first: Mention, second: Mention) -> bool:
        return any(first.start < other.start < second.start for other in self.mentions.of(Kind.TAMBON))

    def _is_longer_elsewhere(self, mention: Mention, found: Match) -> bool:
        """Whether what is written is rather the longer name of a tambon that lies elsewhere."""
        longer = self.mentions.longest(Level.TAMBON, mention, EVERYWHERE)
        return longer is not None and longer.end > found.end

    def _amphoe_codes(self, context: Mention) -> tuple[str, ...]:
        return tuple(code for code in context.codes if len(code) == 4)

    def _successors(self, token: str, inside: tuple[str, ...]) -> tuple[str, ...]:
        found = {
            successor
            for code in self.directory.old_tambon.get(token, ())
            if code.startswith(inside)
            for successor in self.directory.successors.get(code, ())
        }
        return tuple(sorted(found))

    # Lists

    def _add_listed(self, kind: Kind) -> None:
        """Further names of a list whose word stands only before the first: `อำเภอเมืองบึงกาฬ, ปากคาด`."""
        for mention in self.mentions.of(kind):
            current: Mention | None = mention
            while current is not None and current.codes and current.end:
                current = self._listed_after(current)

    def _listed_after(self, mention: Mention) -> Mention | None:
        start = list_goes_on(self.letters, mention.end)
        if start is None or any(other.start == start for other in self.mentions):
            return None
        outer = 2 if mention.kind == Kind.AMPHOE else 4
        found = self.directory.longest(
            Level(int(mention.kind)),
            self.letters.letters,
            start,
            self.mentions.next_start(start),
            self.letters.breaks,
            tuple({code[:outer] for code in mention.codes}),
        )
        if found is None or not found.is_whole:
            return None
        listed = self.mentions.insert(mention.kind, start)
        listed.is_body = mention.is_body
        self._answer(listed, found, self._score(mention))
        return listed

    # Answers

    def _answer(
        self, mention: Mention, found: Match, score: float, remarks: list[Sentence] | None = None
    ) -> None:
        if mention.is_body:
            score -= A_BODY
        if len(found.codes) > 1 and score > CONTRADICTED:
            score = ONE_OF_SEVERAL
        for other in self.mentions:
            other.is_swallowed = other.is_swallowed or mention.start < other.start < found.end
        mention.codes = list(found.codes)
        mention.end = found.end
        words = self.letters.words(mention.start, found.end)
        self.answers[mention.start] = Answer(found.codes, score, [words], list(remarks or ()))

    def _score(self, mention: Mention) -> float:
        answer = self.answer_of(mention)
        return answer.score if answer is not None else 0.0

    def _use(self, mentions: list[Mention]) -> None:
        for mention in mentions:
            mention.is_used = True
