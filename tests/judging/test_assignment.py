import subprocess
import sys
from collections import Counter
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.judging import assignment, mixing
from prasan.judging.assignment import Seat, Shortage, assign
from prasan.judging.comparing import parts
from prasan.judging.conflicts import Conflict
from prasan.judging.draw import drawn, ticket
from prasan.judging.flow import Net
from prasan.judging.mixing import Rules, mixed

ROOT = Path(__file__).parents[2]
SEED = "2569-07-31 17:00"


def seats(*judges, body=None, least=0, most=9):
    return [Seat(judge, body, least, most) for judge in judges]


def conflict(judge, entry):
    return Conflict(judge, entry, "own_body", ("office",))


def test_panels_are_full_and_loads_differ_by_one_at_most():
    found = assign({"a": 2, "b": 2, "c": 2, "d": 2}, seats("j", "k", "l"), [], SEED)

    assert [len(panel) for panel in found.panels.values()] == [2, 2, 2, 2]
    assert sorted(found.loads.values()) == [2, 3, 3]
    assert found.loads == Counter(judge for panel in found.panels.values() for judge in panel)
    assert found.is_complete
    assert found.is_connected


def test_entry_with_too_few_judges_free_of_conflict_is_named_with_the_reasons():
    found = assign({"a": 2, "b": 1}, seats("j", "k"), [conflict("k", "a"), conflict("k", "z")], SEED)

    assert found.panels["a"] == ("j",)
    assert found.panels["b"] == ("k",)
    assert found.shortages == (Shortage("too_few_free", "a", None, 2, 1, (conflict("k", "a"),)),)
    assert not found.is_complete


def test_limit_of_a_body_is_named_where_it_leaves_too_few():
    crowd = [*seats("j", "k", body="office"), *seats("l")]

    assert assign({"a": 3}, crowd, [], SEED, most_of_body=2).is_complete
    found = assign({"a": 3}, crowd, [], SEED, most_of_body=1)

    assert found.shortages == (Shortage("body_limit", "a", None, 3, 2),)
    assert "l" in found.panels["a"]


def test_who_draw_on_the_same_full_judges_are_named_together():
    found = assign(
        {"a": 1, "b": 1, "c": 1},
        [*seats("j", most=1), *seats("k", most=5)],
        [conflict("k", "a"), conflict("k", "b")],
        SEED,
    )

    (shortage,) = found.shortages
    assert (shortage.reason, shortage.wanted, shortage.found) == ("all_full", 1, 0)
    assert (shortage.entries, shortage.judges) == (("a", "b"), ("j",))
    assert shortage.conflicts == (conflict("k", shortage.entry),)
    assert found.panels["c"] == ("k",)


def test_judge_who_cannot_get_his_least_is_named_with_what_keeps_him():
    found = assign(
        {"a": 1, "b": 1},
        [*seats("j", least=1), *seats("k", least=1)],
        [conflict("j", "a"), conflict("j", "b")],
        SEED,
    )

    assert found.loads == {"j": 0, "k": 2}
    assert found.shortages == (
        Shortage("least_load", None, "j", 1, 0, (conflict("j", "a"), conflict("j", "b"))),
    )


def test_earlier_assignments_stay_and_count():
    found = assign({"a": 2, "b": 1, "c": 1}, seats("j", "k"), [], SEED, fixed=[("a", "j"), ("b", "j")])

    assert found.panels == {"a": ("j", "k"), "b": ("j",), "c": ("k",)}
    assert found.is_complete


def test_earlier_assignments_count_for_the_limit_of_their_body():
    crowd = [*seats("j", "k", "l", body="office"), *seats("m", least=0, most=0)]

    found = assign({"a": 3}, crowd, [], SEED, most_of_body=2, fixed=[("a", "j")])

    assert len(found.panels["a"]) == 2
    assert [(each.reason, each.found) for each in found.shortages] == [("all_full", 2)]


def test_earlier_assignments_beyond_what_is_allowed_stay_and_are_told():
    crowd = [*seats("j", "k", body="office", most=1), *seats("l")]
    fixed = [("a", "j"), ("a", "k"), ("b", "j"), ("c", "l")]

    found = assign({"a": 1, "b": 1, "c": 1}, crowd, [conflict("l", "c")], SEED, most_of_body=1, fixed=fixed)

    assert found.panels == {"a": ("j", "k"), "b": ("j",), "c": ()}
    assert [(each.reason, each.entry, each.judge, each.wanted, each.found) for each in found.shortages] == [
        ("fixed_in_conflict", "c", "l", 1, 0),
        ("fixed_over_wanted", "a", None, 1, 2),
        ("fixed_over_body", "a", None, 1, 2),
        ("fixed_over_most", None, "j", 1, 2),
        ("all_full", "c", None, 1, 0),
    ]


@pytest.mark.parametrize(
    ("wanted", "crowd", "options", "words"),
    [
        ({"a": -1}, [], {}, "no fewer"),
        ({"a": 1}, seats("j", "j"), {}, "once"),
        ({"a": 1}, seats("j"), {"most_of_body": 0}, "at least one"),
        ({"a": 1}, seats("j"), {"fixed": [("b", "j")]}, "no such"),
        ({"a": 1}, seats("j"), {"fixed": [("a", "k")]}, "no such"),
    ],
)
def test_what_cannot_be_asked_is_refused(wanted, crowd, options, words):
    with pytest.raises(ValueError, match=words):
        assign(wanted, crowd, [], SEED, **options)


@pytest.mark.parametrize(("least", "most"), [(-1, 2), (3, 2)])
def test_load_goes_from_a_least_to_a_most(least, most):
    with pytest.raises(ValueError, match="no load"):
        Seat("j", None, least, most)


def random_panel(dice, entries, judges):
    """An edition with conflicts, bodies, loads and earlier assignments; not all of it can be met."""
    crowd = []
    for number in range(dice.randint(1, judges)):
        least = dice.choice([0, 0, 1, 2])
        crowd.append(
            Seat(f"j{number}", dice.choice(["x", "y", "z", None]), least, least + dice.randint(0, 4))
        )
    wanted = {f"e{number}": dice.randint(0, 3) for number in range(dice.randint(1, entries))}
    pairs = [(entry, seat.judge) for entry in wanted for seat in crowd]
    share = dice.choice([0, 0.1, 0.3, 0.6])
    against = [conflict(judge, entry) for entry, judge in pairs if dice.random() < share]
    fixed = [pair for pair in pairs if dice.random() < dice.choice([0, 0, 0.15])]
    return wanted, crowd, against, dice.choice([None, 1, 2]), fixed


def test_no_judge_is_assigned_against_a_conflict_in_ten_thousand_panels():
    dice = Random(4)
    assigned = refused = short = 0
    for number in range(10_000):
        wanted, crowd, against, most_of_body, fixed = random_panel(dice, 8, 7)

        found = assign(wanted, crowd, against, f"{number}", most_of_body=most_of_body, fixed=fixed)

        forbidden = {(each.entry, each.judge) for each in against}
        given_seats = {(entry, judge) for entry, panel in found.panels.items() for judge in panel}
        assert not given_seats & forbidden
        assert {*fixed} - forbidden <= given_seats
        assert {
            (each.entry, each.found)
            for each in found.shortages
            if each.reason in ("too_few_free", "body_limit", "all_full")
        } == {(entry, len(panel)) for entry, panel in found.panels.items() if len(panel) < wanted[entry]}
        assigned += len(given_seats)
        refused += len({*fixed} & forbidden)
        short += not found.is_complete

    assert assigned > 40_000
    assert refused > 1_000
    assert 1_000 < short < 9_000


def allowed_panels(entry, wanted, crowd, against, most_of_body, fixed):
    kept = {judge for place, judge in fixed if place == entry} - {
        each.judge for each in against if each.entry == entry
    }
    free = [
        seat
        for seat in crowd
        if seat.judge not in kept
        and (entry, seat.judge) not in {(each.entry, each.judge) for each in against}
    ]
    bodies = {seat.judge: seat.body for seat in crowd}
    for size in range(max(0, wanted - len(kept)) + 1):
        for added in combinations(free, size):
            counted = Counter(bodies[judge] for judge in kept if bodies[judge])
            counted.update(seat.body for seat in added if seat.body)
            new = {seat.body for seat in added if seat.body}
            if most_of_body is None or all(counted[body] <= most_of_body for body in new):
                yield kept | {seat.judge for seat in added}


def worth(panels, crowd):
    """Seats filled, then leasts met, then evenness: what is compared from left to right."""
    loads = Counter(judge for panel in panels for judge in panel)
    return (
        sum(loads.values()),
        sum(min(loads[seat.judge], seat.least) for seat in crowd),
        -sum(load**2 for load in loads.values()),
    )


@pytest.mark.parametrize("number", range(250))
def test_nothing_tried_out_is_better(number):
    wanted, crowd, against, most_of_body, fixed = random_panel(Random(number), 4, 5)
    fixed_load = Counter(judge for entry, judge in fixed if conflict(judge, entry) not in against)
    most = {seat.judge: max(seat.most, fixed_load[seat.judge]) for seat in crowd}

    found = assign(wanted, crowd, against, SEED, most_of_body=most_of_body, fixed=fixed)

    choices = [
        list(allowed_panels(entry, number, crowd, against, most_of_body, fixed))
        for entry, number in wanted.items()
    ]
    best = max(
        worth(panels, crowd)
        for panels in product(*choices)
        if all(load <= most[judge] for judge, load in Counter(j for p in panels for j in p).items())
    )
    assert all(set(panel) in choice for panel, choice in zip(found.panels.values(), choices, strict=True))
    assert all(load <= most[judge] for judge, load in found.loads.items())
    assert worth(found.panels.values(), crowd) == best


@given(st.randoms(use_true_random=False), st.randoms(use_true_random=False))
def test_order_of_what_is_given_changes_nothing(dice, shuffling):
    wanted, crowd, against, most_of_body, fixed = random_panel(dice, 6, 6)
    shuffled = [list(wanted.items()), list(crowd), list(against), list(fixed)]
    for each in shuffled:
        shuffling.shuffle(each)

    again = assign(
        dict(shuffled[0]), shuffled[1], shuffled[2], SEED, most_of_body=most_of_body, fixed=shuffled[3]
    )

    assert again == assign(wanted, crowd, against, SEED, most_of_body=most_of_body, fixed=fixed)


@given(st.randoms(use_true_random=False), st.text(max_size=5))
def test_other_names_and_seeds_change_nothing_that_can_be_met(dice, seed):
    wanted, crowd, against, most_of_body, fixed = random_panel(dice, 6, 6)

    def other(name):
        return f"{9 - int(name[1:])}{name[0]}"

    found = assign(wanted, crowd, against, SEED, most_of_body=most_of_body, fixed=fixed)
    renamed = assign(
        {other(entry): number for entry, number in wanted.items()},
        [Seat(other(seat.judge), seat.body, seat.least, seat.most) for seat in crowd],
        [conflict(other(each.judge), other(each.entry)) for each in against],
        seed,
        most_of_body=most_of_body,
        fixed=[(other(entry), other(judge)) for entry, judge in fixed],
    )

    assert worth(found.panels.values(), crowd) == (
        sum(renamed.loads.values()),
        sum(min(renamed.loads[other(seat.judge)], seat.least) for seat in crowd),
        -sum(load**2 for load in renamed.loads.values()),
    )


@pytest.mark.parametrize(("entries", "judges", "panel"), [(40, 12, 3), (20, 20, 2), (60, 25, 3), (13, 13, 4)])
def test_free_judges_meet_many_others_and_can_all_be_compared(entries, judges, panel):
    wanted = {f"e{number}": panel for number in range(entries)}
    found = assign(wanted, seats(*(f"j{number}" for number in range(judges)), most=99), [], SEED)

    met = Counter(pair for panel in found.panels.values() for pair in combinations(panel, 2))
    meetings = [met[pair] for pair in combinations(found.loads, 2)]
    even = -(-sum(meetings) // len(meetings))
    assert max(found.loads.values()) - min(found.loads.values()) <= 1
    assert found.is_connected
    assert max(meetings) <= even + 1


ONLY_J_FOR_L = {("c", "k"), ("d", "k"), ("a", "m"), ("b", "m")}


def meetings(panels):
    return Counter(pair for panel in panels.values() for pair in combinations(sorted(panel), 2))


@pytest.mark.parametrize("number", range(20))
def test_no_exchange_that_is_allowed_would_spread_pairs_better(number):
    dice = Random(number)
    panels = {f"e{entry}": set(dice.sample("jklmnop", 4)) for entry in range(9)}
    forbidden = {(entry, judge) for entry in panels for judge in "jklmnop" if dice.random() < 0.1} - {
        (entry, judge) for entry, panel in panels.items() for judge in panel
    }

    found = mixed(panels, Rules(frozenset(forbidden), dict.fromkeys("jklmnop"), None, frozenset()), SEED)

    squares = sum(count**2 for count in meetings(found).values())
    for (entry, panel), (other, others) in combinations(found.items(), 2):
        for judge, another in product(panel - others, others - panel):
            if {(entry, another), (other, judge)} & forbidden:
                continue
            exchanged = {**found, entry: panel - {judge} | {another}, other: others - {another} | {judge}}
            assert sum(count**2 for count in meetings(exchanged).values()) >= squares


APART = {"a": {"j", "k"}, "b": {"j", "k"}, "c": {"l", "m"}, "d": {"l", "m"}}


@pytest.mark.parametrize(
    ("forbidden", "kept", "most_of_body", "is_joined"),
    [
        (set(), set(), None, True),
        (set(), {(entry, judge) for entry in "ab" for judge in "jk"}, None, False),
        (set(), {("a", "j"), ("a", "k")}, None, True),
        ({(entry, judge) for entry in "ab" for judge in "lm"}, set(), None, False),
        ({(entry, judge) for entry in "ab" for judge in "l"}, set(), None, True),
        (ONLY_J_FOR_L, set(), None, True),
        (ONLY_J_FOR_L, set(), 1, False),
    ],
)
def test_groups_that_share_nothing_are_connected_by_an_exchange_that_is_allowed(
    forbidden, kept, most_of_body, is_joined, monkeypatch
):
    monkeypatch.setattr(mixing, "MOST_TRIES", 0)
    bodies = {"j": "x", "k": "y", "l": "y", "m": "z"}
    rules = Rules(frozenset(forbidden), bodies, most_of_body, frozenset(kept))

    found = mixed(APART, rules, SEED)

    assert (len(parts(found)) == 1) is is_joined
    assert {entry: len(panel) for entry, panel in found.items()} == dict.fromkeys("abcd", 2)
    assert Counter(judge for panel in found.values() for judge in panel) == dict.fromkeys("jklm", 2)
    given_seats = {(entry, judge) for entry, panel in found.items() for judge in panel}
    assert kept <= given_seats
    assert not forbidden & given_seats


ASSIGNED = """
from prasan.judging.assignment import Seat, assign
seats = [Seat(f"j{number}", f"b{number % 4}", 0, 20) for number in range(8)]
print(assign({f"e{number}": 3 for number in range(12)}, seats, [], "7", most_of_body=1))
"""


def test_another_start_of_python_gives_the_same_panels():
    told = {
        subprocess.run(
            [sys.executable, "-c", ASSIGNED],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(told) == 1
    assert "'e11': (" in told.pop()


def test_another_draw_gives_other_panels():
    crowd = seats(*"jklmnopq")
    wanted = dict.fromkeys("abcdefgh", 3)

    assert assign(wanted, crowd, [], "1") == assign(wanted, crowd, [], "1")
    assert assign(wanted, crowd, [], "1").panels != assign(wanted, crowd, [], "2").panels


def test_lots_can_be_drawn_again_with_any_tool_that_knows_sha256():
    # printf '2569\nก-01' | sha256sum
    assert ticket("2569", "ก-01") == "7d47e9f0232a8a8897508fe4fbeb6531daa266944dbe1af1bb88209ab75a2615"
    assert drawn("2569", ["c", "a", "b"]) == sorted("abc", key=lambda code: ticket("2569", code))


def test_flow_hands_on_what_is_taken():
    net = Net()
    for start, end in ((("a",), ("x",)), (("a",), ("y",)), (("b",), ("x",))):
        net.lay(start, end, 1)
    taken = set()

    def price(node):
        return None if node not in (("x",), ("y",)) or node in taken else 1

    for start in (("a",), ("b",)):
        node, came = net.cheapest(start, price, 0)
        net.push(node, came)
        taken.add(node)

    assert (net.flow(("a",), ("x",)), net.flow(("a",), ("y",)), net.flow(("b",), ("x",))) == (0, 1, 1)
    assert net.cheapest(("b",), price, 0) is None
    assert net.flow(("b",), ("y",)) == 0


def test_all_reasons_have_names_of_their_own():
    names = [name for name in vars(assignment) if name.isupper()]

    assert len({getattr(assignment, name) for name in names}) == len(names) == 8
