"""question.toml: the question, its neighbours and the yardsticks of success."""

from __future__ import annotations

from essay_marker.data import Record
from essay_marker.terms import TermIndex, words_of
from essay_marker.topic.fields import Words, Year


class Period(Record, frozen=True, kw_only=True):
    """The years the question is about, both included."""

    start: Year
    end: Year


class Leader(Record, frozen=True, kw_only=True):
    """The person the question is about."""

    name: str
    surname: str
    variants: Words = ()
    misspellings: Words = ()


class Concept(Record, frozen=True, kw_only=True):
    """What the question asks for, in words: here success.

    ``other_sense`` are phrases in which a word of the concept means something else ("succeeded Stalin as leader").
    """

    id: str
    label: str
    positive: Words
    negative: Words
    other_sense: Words = ()


class Yardstick(Record, frozen=True, kw_only=True):
    """A standard by which the concept can be judged.

    ``stating`` are phrases that by themselves set it as the test; ``terms`` set or use it beside a phrase of
    `Question.measuring_terms` or a judgement; ``using`` are phrases that apply it by themselves. ``in_text`` is what it
    asks, within a sentence.
    """

    id: str
    label: str
    description: str
    in_text: str | None = None
    stating: Words
    using: Words
    terms: Words


class Neighbour(Record, frozen=True, kw_only=True):
    """A question that shares this one's vocabulary: an essay on it answers something else."""

    id: str
    label: str
    terms: Words


class Question(Record, frozen=True, kw_only=True):
    """question.toml."""

    id: str
    title: str
    question: str
    variants: Words
    period: Period
    leader: Leader
    concept: Concept
    question_terms: Words
    asking: Words = ()  # words of the stem by which a question asks for the concept
    measuring_terms: Words
    yardsticks: tuple[Yardstick, ...]
    neighbours: tuple[Neighbour, ...] = ()
    spellings: dict[str, Words] = {}  # the standard form, and what counts as the same word

    def covers(self, question: str) -> bool:
        """Whether ``question`` is this one or a variant: it speaks of the subject, and asks for the concept.

        A question on the same subject that asks for something else ("Why did Khrushchev fall?") is another one.
        """
        words = words_of(question)
        subject = TermIndex((term, True) for term in self.question_terms).find(words)
        asked = (*self.concept.positive, *self.concept.negative, *self.asking)
        return bool(subject) and bool(TermIndex((term, True) for term in asked).find(words))
