"""The vocabulary of public services holds together."""

from collections import Counter

import pytest

from prasan.matching.concept_files import SERVICE, read_ways
from prasan.matching.ontology import ontology

FACETS = {SERVICE, "users", "means", "effects", "act", "thing"}
CONCEPTS = ontology().concepts
WAYS = read_ways()


def test_there_are_services_enough():
    counted = Counter(concept.facet for concept in CONCEPTS)

    assert set(counted) == FACETS
    assert counted[SERVICE] >= 250


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.code)
def test_a_concept_has_labels_and_ways_in_both_languages(concept):
    ways = WAYS[concept.number]

    assert any("ก" <= letter <= "๛" for letter in concept.label_th)
    assert concept.label_en.isascii() or "–" in concept.label_en
    assert all(ontology().spelling.key(way) for way in ways)
    assert any(way.isascii() for way in ways)
    assert any(not way.isascii() for way in ways)


def test_codes_and_labels_are_each_used_once():
    for labels in (
        [concept.code for concept in CONCEPTS],
        [(concept.facet, concept.label_th) for concept in CONCEPTS],
        [(concept.facet, concept.label_en) for concept in CONCEPTS],
    ):
        assert [label for label, times in Counter(labels).items() if times > 1] == []


def test_no_way_of_saying_belongs_to_two_concepts_of_a_facet_unless_declared_ambiguous():
    doubled = {}
    for way, numbers in ontology().said.items():
        facets = Counter(CONCEPTS[number].facet for number in numbers)
        if max(facets.values()) > 1:
            doubled[way] = [CONCEPTS[number].code for number in numbers]

    assert {way: codes for way, codes in doubled.items() if way not in ontology().ambiguous} == {}
    assert ontology().ambiguous - doubled.keys() == set()


def test_every_concept_is_below_its_own_facet_and_below_itself_never():
    for concept in CONCEPTS:
        assert concept.number not in concept.above
        assert {CONCEPTS[upper].facet for upper in concept.above} <= {concept.facet}


def test_every_service_stands_below_a_field():
    fields = {CONCEPTS[concept.above[-1]].code for concept in CONCEPTS if concept.above}
    services = [concept for concept in CONCEPTS if concept.facet == SERVICE and not concept.above]

    assert [concept.code for concept in services if concept.code not in fields] == []


def test_no_rule_asks_for_what_it_forbids():
    for rule in ontology().rules:
        assert all(part - rule.absent for part in rule.parts)
