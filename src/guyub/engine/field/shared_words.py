"""Words that several people use when they say what moves them: a suggestion for a theme.

A suggestion is a place to begin reading, nothing more. What belongs together is seen by whoever
reads the sentences; many do not share a single word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Three who use a word are more than a couple or two neighbours. Our choice.
FEWEST = 3

# A word in more than this share of all texts tells none of them apart. Our choice.
COMMON = 0.5

# As many as one looks at. Our choice.
MOST = 6


@dataclass(frozen=True, kw_only=True)
class SharedWord:
    """A word (as it was given), the texts in which it stands, and how many people wrote them."""

    word: str
    texts: tuple[int, ...]
    people: int


def shared_words(bags: Sequence[frozenset[str]], people: Sequence[int]) -> tuple[SharedWord, ...]:
    """Words that FEWEST people or more share, so that each brings as many new people as it can.

    bags: the words of each text, brought to their stems, without those that say nothing. people:
    who wrote each text, as any number. Greedy cover (Nemhauser and others 1978): the word that
    brings the most people by texts not covered yet comes first; of equals, by the alphabet.

    >>> from guyub.engine import shared_words
    >>> bags = [frozenset({"water"}), frozenset({"water", "road"}), frozenset({"water"})]
    >>> bags += [frozenset({"school"})] * 3
    >>> [(found.word, found.people) for found in shared_words(bags, range(6))]
    [('school', 3), ('water', 3)]
    """
    standing: dict[str, list[int]] = {}
    for number, bag in enumerate(bags):
        for word in bag:
            standing.setdefault(word, []).append(number)
    most = max(FEWEST, COMMON * len(bags))
    left = {word: texts for word, texts in standing.items() if len(texts) <= most}
    covered: set[int] = set()
    found: list[SharedWord] = []
    while left and len(found) < MOST:
        new = {
            word: {people[text] for text in texts if text not in covered}
            for word, texts in left.items()
        }
        word = min(new, key=lambda each: (-len(new[each]), each))
        if len(new[word]) < FEWEST:
            break
        texts = left.pop(word)
        covered.update(texts)
        writers = len({people[text] for text in texts})
        found.append(SharedWord(word=word, texts=tuple(texts), people=writers))
    return tuple(found)
