"""The vocabulary as it is kept, and where its words are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.matching import ontology as keeping
from prasan.matching.concept_files import read_ontology
from prasan.matching.ontology import keep, kept, ontology, packed, unpacked
from prasan.matching.title_guess import listed, traits_of_services
from prasan.matching.title_hits import hits_in

SOUGHT = sorted(ontology().sought)


@pytest.mark.slow
def test_what_the_set_up_kept_is_what_the_files_tell_today():
    told, known = kept("ontology"), read_ontology()

    assert told is not None
    assert unpacked(told) == known
    assert unpacked(packed(known)) == known
    assert [[number, list(map(list, traits))] for number, traits in listed(traits_of_services())] == kept(
        "traits"
    )


def test_what_was_kept_of_other_words_is_not_taken(monkeypatch, tmp_path):
    monkeypatch.setattr(keeping, "FOLDER", tmp_path)
    before = kept("ontology")
    keep("ontology", ["ธนาคารขยะ"])
    same = kept("ontology")
    monkeypatch.setattr(keeping, "vocabulary_digest", lambda: "other")

    assert (before, same, kept("ontology")) == (None, ["ธนาคารขยะ"], None)
    assert [path.name for path in tmp_path.iterdir()] == ["kept_ontology.json"]


@given(st.lists(st.one_of(st.sampled_from(SOUGHT), st.text("กขaข5 ่", max_size=4)), max_size=6))
def test_every_word_that_is_sought_is_found_wherever_it_stands(words):
    letters = ontology().spelling.letters("".join(words))
    places = range(len(letters.key) + 1)
    expected = [
        (start, end, word)
        for start in places
        for end in places[start + 1 :]
        if (word := letters.key[start:end]) in ontology().sought and letters.is_said(start, end)
    ]

    assert list(hits_in(letters)) == expected
