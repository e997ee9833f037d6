"""The pure picker of routing rules, held against a slow and obvious one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from prasan.complaints.routing import (
    Rule,
    Told,
    fits,
    has_power,
    kinds_without_rule,
    pick,
    powerless,
    silent,
    words_of,
)

PATHS = ("32/", "32/3207/", "32/3207/320704/", "32/3208/", "33/")
KINDS = ("road", "lighting", None)
WORDS = ("ไฟ", "ไฟดับ", "หลุม", "น้ำ")

RULES = st.lists(
    st.builds(
        Rule,
        number=st.just(0),
        kind=st.sampled_from(KINDS),
        path=st.sampled_from(PATHS),
        words=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple),
        agency=st.sampled_from((1, 2, 3, 4, None)),
        is_lead=st.booleans(),
        is_local=st.booleans(),
    ).map(lambda rule: replace(rule, is_local=rule.is_local and rule.agency is None)),
    max_size=8,
).map(lambda rules: [replace(rule, number=number) for number, rule in enumerate(rules, 1)])
COMPLAINTS = st.builds(
    Told,
    kind=st.sampled_from(KINDS),
    path=st.sampled_from(PATHS),
    text=st.lists(st.sampled_from((*WORDS, "อื่น")), max_size=3).map(" ".join),
)
MANDATES = st.dictionaries(st.sampled_from(KINDS), st.sampled_from((1, 2, 5)), max_size=3)
LOCALS = st.dictionaries(st.sampled_from(PATHS), st.integers(1, 5), max_size=3)
ABLE = st.sets(st.integers(1, 5))
AREAS = st.dictionaries(st.integers(1, 4), st.sampled_from(PATHS), max_size=4)


def slowly(rules, told, mandated, local, able):
    """Says of each agency by which rules it leads or helps, then chooses."""

    def named(rule):
        agency = rule.agency
        if rule.is_local:
            agency = local(told.path)
        elif agency is None:
            agency = mandated(told.kind, told.path)
        return agency if agency is not None and able(agency) else None

    speaking = []
    for rule in rules:
        is_there = told.path.startswith(rule.path)
        is_kind = rule.kind is None or rule.kind == told.kind
        is_said = not rule.words or any(word in told.text for word in rule.words)
        if is_there and is_kind and is_said and named(rule) is not None:
            speaking.append(rule)
    leads = [rule for rule in speaking if rule.is_lead]
    if leads:
        lead, number = named(leads[0]), leads[0].number
    else:
        lead, number = mandated(told.kind, told.path), 0
        lead = lead if lead is not None and able(lead) else None
    helpers = []
    for rule in speaking:
        if not rule.is_lead and named(rule) not in [lead, *helpers]:
            helpers.append(named(rule))
    return lead, tuple(helpers), number


@given(RULES, COMPLAINTS, MANDATES, LOCALS, ABLE)
def test_picker_equals_the_slow_one(rules, told, mandates, locals_, able):
    def mandated(kind, path):
        return mandates.get(kind)

    doors = (mandated, locals_.get, able.__contains__)
    picked = pick(rules, told, *doors)

    assert (picked.lead, picked.helpers, picked.rule) == slowly(rules, told, *doors)
    assert picked.lead is None or picked.lead in able
    assert set(picked.helpers) <= able - {picked.lead}
    assert len(picked.helping_rules) == len(picked.helpers)


NOBODY = (lambda kind, path: None, lambda path: None)
"""Neither a mandate nor a local organisation is known."""


def by_area(areas, told):
    """Who is able, as the areas of the agencies say."""
    return lambda agency: agency in areas and has_power(areas[agency], told.path)


@given(RULES, COMPLAINTS, AREAS)
def test_a_silent_rule_never_speaks(rules, told, areas):
    picked = pick(rules, told, *NOBODY, by_area(areas, told))
    for later, earlier in silent(rules, areas):
        assert picked.rule != later.number
        assert not fits(later, told) or fits(earlier, told)


@given(RULES, COMPLAINTS, AREAS)
def test_a_powerless_rule_names_nobody(rules, told, areas):
    picked = pick(rules, told, *NOBODY, by_area(areas, told))
    for rule in powerless(rules, areas):
        assert rule.number not in (picked.rule, *picked.helping_rules)


@given(RULES, AREAS)
def test_a_rule_that_is_not_called_powerless_speaks_somewhere(rules, areas):
    without = powerless(rules, areas)
    for rule in rules:
        if rule.agency is not None and rule not in without:
            deepest = max(rule.path, areas[rule.agency], key=len)
            told = Told(rule.kind, deepest, " ".join(rule.words))
            alone = pick([rule], told, *NOBODY, by_area(areas, told))
            assert rule.number in (alone.rule, *alone.helping_rules)


def test_an_earlier_rule_whose_agency_cannot_act_silences_nothing():
    rules = [Rule(1, None, "32/", (), 1, True), Rule(2, None, "32/3207/", (), 2, True)]

    assert list(silent(rules, {1: "32/3208/", 2: "32/"})) == []
    assert list(silent(rules, {2: "32/"})) == []
    assert list(silent(rules, {1: "32/", 2: "32/"})) == [(rules[1], rules[0])]


@given(RULES)
def test_a_kind_called_without_rule_is_one_that_no_rule_answers_for_everywhere(rules):
    kinds = ["road", "lighting"]
    without = kinds_without_rule(rules, kinds, "32/")
    for kind in kinds:
        told = Told(kind, "32/", "")
        spoken = [rule for rule in rules if rule.is_lead and fits(rule, told)]
        assert (kind in without) == (not spoken)


def test_words_are_taken_between_commas_each_once():
    assert words_of(" ไฟดับ, หลุม,,ไฟดับ ，น้ำท่วม ") == ("ไฟดับ", "หลุม", "น้ำท่วม")
    assert words_of(" , ​ ") == ()
    assert words_of("LED, led") == ("led",)
