import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.judging.conflicts import Conflict, Entry, Judge, Tie, conflicts

TREE = {
    "country": None,
    "ministry": "country",
    "province": "ministry",
    "amphoe": "province",
    "tambon": "amphoe",
    "next-tambon": "amphoe",
    "university": "country",
    "faculty": "university",
}
BODIES = sorted(TREE)


def found(owner, body, *, supporters=(), ties=(), too_wide=("ministry",), tree=TREE):
    return [
        (each.reason, each.path)
        for each in conflicts(tree, [Entry("e", owner, supporters)], [Judge("j", body)], ties, too_wide)
    ]


@pytest.mark.parametrize(
    ("owner", "body", "expected"),
    [
        ("tambon", "tambon", [("own_body", ("tambon",))]),
        ("tambon", "amphoe", [("above_owner", ("amphoe", "tambon"))]),
        ("tambon", "province", [("above_owner", ("province", "amphoe", "tambon"))]),
        ("province", "tambon", [("below_owner", ("tambon", "amphoe", "province"))]),
        ("tambon", "next-tambon", []),
        ("tambon", "ministry", []),
        ("ministry", "tambon", []),
        ("ministry", "ministry", [("own_body", ("ministry",))]),
        ("country", "country", [("own_body", ("country",))]),
        ("tambon", "country", []),
        ("faculty", "country", []),
        ("faculty", "university", [("above_owner", ("university", "faculty"))]),
        ("tambon", None, []),
    ],
)
def test_judge_is_in_conflict_along_the_line_of_the_owner(owner, body, expected):
    assert found(owner, body) == expected


@pytest.mark.parametrize(
    ("supporter", "body", "expected"),
    [
        ("university", "university", [("supporter", ("university",))]),
        ("faculty", "university", [("above_supporter", ("university", "faculty"))]),
        ("university", "faculty", [("below_supporter", ("faculty", "university"))]),
        ("faculty", "amphoe", [("above_owner", ("amphoe", "tambon"))]),
        ("ministry", "province", [("above_owner", ("province", "amphoe", "tambon"))]),
    ],
)
def test_judge_is_in_conflict_with_what_his_body_supports(supporter, body, expected):
    assert found("tambon", body, supporters=(supporter,)) == expected


def test_owner_and_supporters_each_give_their_own_reason():
    assert found("tambon", "amphoe", supporters=("next-tambon", "amphoe")) == [
        ("above_owner", ("amphoe", "tambon")),
        ("supporter", ("amphoe",)),
        ("above_supporter", ("amphoe", "next-tambon")),
    ]


def test_stated_ties_are_to_an_entry_or_along_the_line_of_a_body():
    ties = [
        Tie("j", entry="e"),
        Tie("j", body="amphoe"),
        Tie("j", body="university"),
        Tie("j", body="ministry"),
    ]

    assert found("tambon", None, ties=ties) == [
        ("stated_entry", ()),
        ("stated_body", ("amphoe", "tambon")),
    ]


def test_what_lies_above_a_body_that_is_too_wide_ties_nobody_either():
    tree = {"all": None, "other": "all", "group": "all", "wide": "group", "office": "wide"}

    assert found("office", "group", tree=tree, too_wide=()) == [("above_owner", ("group", "wide", "office"))]
    assert found("office", "group", tree=tree, too_wide=("wide",)) == []
    assert found("office", "all", tree=tree, too_wide=()) == []


def test_two_trees_have_no_root_of_all():
    tree = {"agency": None, "unit": "agency", "other": None}

    assert found("unit", "agency", tree=tree, too_wide=()) == [("above_owner", ("agency", "unit"))]


@pytest.mark.parametrize(
    ("tree", "entries", "judges", "ties"),
    [
        ({"a": "b", "b": "a"}, [], [], []),
        ({"a": "b"}, [], [], []),
        (TREE, [Entry("e", "nobody")], [], []),
        (TREE, [Entry("e", "tambon", ("nobody",))], [], []),
        (TREE, [], [Judge("j", "nobody")], []),
        (TREE, [], [Judge("j"), Judge("j", "tambon")], []),
        (TREE, [Entry("e", "tambon"), Entry("e", "amphoe")], [], []),
        (TREE, [], [Judge("j")], [Tie("k", body="tambon")]),
        (TREE, [], [Judge("j")], [Tie("j", entry="e")]),
        (TREE, [], [Judge("j")], [Tie("j", body="nobody")]),
    ],
)
def test_what_is_not_given_or_given_twice_is_refused(tree, entries, judges, ties):
    with pytest.raises(ValueError, match=r"no body|itself|no such body|once|nobody or to nothing"):
        conflicts(tree, entries, judges, ties)


@pytest.mark.parametrize("tied", [{}, {"entry": "e", "body": "tambon"}])
def test_tie_is_to_one_thing(tied):
    with pytest.raises(ValueError, match="to an entry or to a body"):
        Tie("j", **tied)


@st.composite
def panels(draw):
    size = draw(st.integers(1, 12))
    tree = {"b0": None}
    for number in range(1, size):
        tree[f"b{number}"] = draw(st.sampled_from([*tree, None]))
    bodies = st.sampled_from(sorted(tree))
    entries = [
        Entry(f"e{number}", draw(bodies), tuple(draw(st.lists(bodies, max_size=2, unique=True))))
        for number in range(draw(st.integers(0, 5)))
    ]
    judges = [Judge(f"j{number}", draw(st.none() | bodies)) for number in range(draw(st.integers(0, 5)))]
    ties = []
    if judges:
        who = st.sampled_from([judge.code for judge in judges])
        ties += draw(st.lists(st.builds(lambda judge, body: Tie(judge, body=body), who, bodies), max_size=2))
        if entries:
            what = st.sampled_from([entry.code for entry in entries])
            ties += draw(st.lists(st.builds(lambda judge, entry: Tie(judge, entry), who, what), max_size=2))
    return tree, entries, judges, ties, draw(st.lists(bodies, max_size=2))


def is_tied(body, other, tree, wide):
    """Said anew: one contains the other, and nothing on the way is too wide."""
    if body is None:
        return False
    for low, high in ((body, other), (other, body)):
        step = low
        while step is not None and step != high and step not in wide:
            step = tree[step]
        if step == high and (low == high or high not in wide):
            return True
    return False


@given(panels())
def test_pairs_in_conflict_are_those_that_the_words_of_the_rule_name(panel):
    tree, entries, judges, ties, too_wide = panel
    roots = [body for body, parent in tree.items() if parent is None]
    wide = {*too_wide, *(roots if len(roots) == 1 else [])}

    expected = set()
    for judge in judges:
        for entry in entries:
            his = [judge.body, *(tie.body for tie in ties if tie.judge == judge.code)]
            theirs = [entry.owner, *entry.supporters]
            if Tie(judge.code, entry.code) in ties or any(
                is_tied(body, other, tree, wide) for body in his for other in theirs
            ):
                expected.add((judge.code, entry.code))

    assert {(each.judge, each.entry) for each in conflicts(*panel)} == expected


@given(panels())
def test_path_leads_step_by_step_from_the_judge_to_the_entry(panel):
    tree, entries, judges, ties, _wide = panel
    owners = {entry.code: {entry.owner, *entry.supporters} for entry in entries}
    homes = {
        judge.code: {judge.body, *(tie.body for tie in ties if tie.judge == judge.code)} for judge in judges
    }

    for each in conflicts(*panel):
        if each.reason == "stated_entry":
            assert each.path == ()
            continue
        assert each.path[0] in homes[each.judge]
        assert each.path[-1] in owners[each.entry]
        steps = list(zip(each.path, each.path[1:], strict=False))
        assert all(tree[low] == high for low, high in steps) or all(tree[low] == high for high, low in steps)


@given(panels(), st.randoms())
def test_order_of_what_is_given_changes_nothing(panel, dice):
    tree, entries, judges, ties, wide = panel
    shuffled = [list(tree.items()), list(entries), list(judges), list(ties), list(wide)]
    for each in shuffled:
        dice.shuffle(each)

    assert conflicts(dict(shuffled[0]), *shuffled[1:]) == conflicts(*panel)


@given(panels())
def test_names_are_only_names(panel):
    tree, entries, judges, ties, wide = panel
    renamed = conflicts(
        tree,
        [Entry(f"z{9 - int(each.code[1:])}", each.owner, each.supporters) for each in entries],
        [Judge(f"y{9 - int(each.code[1:])}", each.body) for each in judges],
        [
            Tie(f"y{9 - int(each.judge[1:])}", each.entry and f"z{9 - int(each.entry[1:])}", each.body)
            for each in ties
        ],
        wide,
    )

    assert {
        Conflict(f"j{9 - int(each.judge[1:])}", f"e{9 - int(each.entry[1:])}", each.reason, each.path)
        for each in renamed
    } == set(conflicts(*panel))
