"""The page that says what was tried: ``docs/gaming.md``, from the table. Written by ``python -m tests.gaming.page``."""

from __future__ import annotations

from pathlib import Path

from .table import NEIGHBOUR_MARK, NEIGHBOURS, ROWS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gaming.md"


def page() -> str:
    """The text of the page."""
    lines = [
        "<!-- Written by python -m tests.gaming.page from tests/gaming/table.py; changes made here are lost. -->",
        "",
        "# What does not pay",
        "",
        "An automatic marker can be fooled by what no reader would fall for, and upset by what no reader would notice.",
        "Each change below is made to the project's example essays; the table says what was done, why somebody would",
        "do it, and what it may do to the mark. `pytest tests/gaming` asks it of twelve essays,",
        "`python benchmarks/gaming.py` of all of them and prints the figures.",
        "",
        "| what is done | why somebody would | what it may do to the mark |",
        "|---|---|---|",
        *(f"| {row.what} | {row.why} | {row.may.words} |" for row in ROWS),
        "",
        f"Besides, good essays on neighbouring questions ({'; '.join(n.what for n in NEIGHBOURS)}) are handed in with",
        f"a first sentence that speaks of this question: they get {NEIGHBOUR_MARK} of 20 at the most and are sent to a",
        "person.",
        "",
        "## How",
        "",
        "- Only sentences that say something of the subject count in the comparison with the exemplars. What is said",
        "  again, what is short, and what names nothing of the topic adds nothing; a paragraph from elsewhere counts",
        "  as one of the lowest level.",
        "- Connectives and hedges that stand in most sentences are a habit, and are read over.",
        "- Lists stand beside the paragraph: they hold no evidence and lend no theme to the sentences around them.",
        "- Words that do not join into sentences, or that are mostly key terms, get no mark.",
        "- Sentences that stand in an unusual order cost organisation.",
        "- Words that are not seen on the page are left out when the file is read.",
        "- Slips of typing and American spelling are read as the word that was meant; the text stays as it was typed.",
        "",
        "What looks planted is shown to the teacher as a reason to look (`planted-text`), with its places. It is no",
        "accusation: a long list may be a plan that was left in.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
