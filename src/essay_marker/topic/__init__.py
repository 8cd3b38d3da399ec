"""A topic: one question with its themes, facts and historians, as read from a folder of ``corpus/``.

    question.toml     the question, its neighbours and the yardsticks of success
    themes.yaml       what an answer can be about, and the words by which it is recognised
    facts.yaml        what can be checked (optional)
    historians.yaml   authorities and their works (optional)

The types are the format, a module for each file: a key they do not name is refused. `check_topic` looks for what types
cannot see.
"""

from __future__ import annotations

from essay_marker.topic.checking import check_topic
from essay_marker.topic.facts import DateValue, Event, Fact, FactError, Facts, Match, RangeValue, SpanValue, TextValue
from essay_marker.topic.historians import Authority
from essay_marker.topic.loading import FILES, Topic, forget_topics, list_topics, load_topic
from essay_marker.topic.question import Question, Yardstick
from essay_marker.topic.themes import Theme

__all__ = [
    "FILES",
    "Authority",
    "DateValue",
    "Event",
    "Fact",
    "FactError",
    "Facts",
    "Match",
    "Question",
    "RangeValue",
    "SpanValue",
    "TextValue",
    "Theme",
    "Topic",
    "Yardstick",
    "check_topic",
    "forget_topics",
    "list_topics",
    "load_topic",
]
