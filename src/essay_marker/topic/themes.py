"""themes.yaml: what an answer can be about, and the words by which it is recognised."""

from __future__ import annotations

from essay_marker.data import Record
from essay_marker.topic.fields import Words


class Suggestion(Record, frozen=True, kw_only=True):
    """Something concrete an essay could add; not offered when one of ``terms`` is in it already."""

    text: str
    terms: Words


class Combination(Record, frozen=True, kw_only=True):
    """Words that show a theme only together: one of ``what`` with one of ``beside`` in the same sentence."""

    what: Words
    beside: Words


class Theme(Record, frozen=True, kw_only=True):
    """A part of the answer.

    ``strong_terms`` show the theme by themselves, ``supporting_terms`` only beside others. In a sentence on the theme
    ``success_terms`` say that things changed for the better, ``limitation_terms`` that change was limited, failed or
    turned into its opposite. ``in_text`` is what the theme is called within a sentence.
    """

    id: str
    label: str
    in_text: str | None = None
    definition: str
    optional: bool = False
    counts: Words
    does_not_count: Words
    success: Words
    limitation: Words
    evidence: Words
    strong_terms: Words
    supporting_terms: Words
    success_terms: Words
    limitation_terms: Words
    combinations: tuple[Combination, ...] = ()
    suggestions: tuple[Suggestion, ...]

    @property
    def spoken(self) -> str:
        """What the theme is called within a sentence; its label where nothing else is given."""
        return self.in_text or self.label[:1].lower() + self.label[1:]


class WeakTerm(Record, frozen=True, kw_only=True):
    """A word too general to count as something precise, and mostly too general to show a theme by itself."""

    term: str
    other_sense: str | None = None


class ExceptionCase(Record, frozen=True, kw_only=True):
    """Beside one of ``near`` in the same sentence, the terms count for ``themes`` instead (none: for no theme)."""

    near: Words
    themes: Words


class TermException(Record, frozen=True, kw_only=True):
    """Terms whose theme depends on their company. The first case that fits decides; else ``default``."""

    terms: Words
    default: Words
    cases: tuple[ExceptionCase, ...] = ()
    note: str | None = None


class Link(Record, frozen=True, kw_only=True):
    """How two themes bear on one another."""

    between: tuple[str, str]
    idea: str


class Themes(Record, frozen=True, kw_only=True):
    """themes.yaml."""

    boundary_rules: Words = ()
    weak_terms: tuple[WeakTerm, ...] = ()
    exceptions: tuple[TermException, ...] = ()
    links: tuple[Link, ...] = ()
    themes: tuple[Theme, ...]
