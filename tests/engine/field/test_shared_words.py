"""Words that several people share."""

from __future__ import annotations

from guyub.engine.field.shared_words import MOST, shared_words


def bags(*texts: str) -> list[frozenset[str]]:
    return [frozenset(text.split()) for text in texts]


def test_a_word_of_three_people_is_found_and_one_of_two_is_not() -> None:
    texts = bags("water pipe", "water well", "water road", "road pipe", "school", "field", "rice")

    (found,) = shared_words(texts, range(7))

    assert (found.word, found.texts, found.people) == ("water", (0, 1, 2), 3)


def test_one_person_who_says_it_three_times_is_one() -> None:
    assert shared_words(bags(*["water"] * 3, *"abcde"), [1, 1, 1, 2, 3, 4, 5, 6]) == ()


def test_what_nearly_everybody_says_tells_nothing_apart() -> None:
    texts = bags("here road", "here road", "here road", "here", "here", "well", "rice")

    assert [each.word for each in shared_words(texts, range(7))] == ["road"]


def test_a_second_word_brings_new_people() -> None:
    texts = bags(*["water well"] * 4, *["road"] * 3, *"abc")

    assert [each.word for each in shared_words(texts, range(10))] == ["water", "road"]


def test_there_are_never_more_than_one_looks_at() -> None:
    texts = [frozenset({f"w{number // 3}"}) for number in range(60)]

    assert len(shared_words(texts, range(60))) == MOST
    assert shared_words([], []) == ()
