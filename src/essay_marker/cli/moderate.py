"""``essay-marker moderate``: the teacher decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Annotated

import typer

from essay_marker.cli import _terminal
from essay_marker.cli._terminal import CommandLineError

if TYPE_CHECKING:
    from essay_marker.batch.moderation import Compared

EXAMPLES = """
essay-marker moderate class-7b
essay-marker moderate class-7b --sign "Ms J. Hill"
essay-marker moderate class-7b --learner Ada --mark 14 --comment "Weigh more."
essay-marker moderate class-7b --accept --sign "Ms J. Hill"
"""

#: A kappa of fewer essays says little.
FEWEST_FOR_KAPPA = 10


def moderate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of results that batch wrote.")],
    learner: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME|ID", help="Only this learner; for several give it again. A part of a name is enough."
        ),
    ] = None,
    mark: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="With --learner: your mark, instead of the mark sheet's.")
    ] = None,
    comment: Annotated[
        str | None, typer.Option(metavar="TEXT", help="With --learner: your comment, which the learner gets, too.")
    ] = None,
    sign: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Sign, with this name, every mark that you have entered or accepted."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take over the program's mark where you have not entered one.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="With --learner: take back your mark, comment and signature.")
    ] = False,
    blind: Annotated[
        bool | None,
        typer.Option(
            "--blind/--no-blind",
            help="Hide the program's marks until yours are entered, or stop hiding them. The JSON of the results and"
            " the log hold them all the same: do not open those.",
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="The date of the signature. Without it: today."),
    ] = None,
) -> None:
    """Take over your marks and comments from the mark sheet, and sign them.

    Put them into the columns "Your mark" and "Your comment" of FOLDER/marksheet.xlsx (or .csv), save, and run this.
    Every mark is provisional until it is signed with a name; whatever changes after that has to be signed again. The
    mark sheet, the reports and everything else that shows a mark are written anew, and the log says what was decided.

    Exit code: 0 all was taken over; 1 an entry could not be; 2 the command line or the folder is wrong.
    """
    from essay_marker.batch.moderation import Orders, compared
    from essay_marker.batch.moderation import moderate as taken_over
    from essay_marker.batch.moderation_words import moderation

    if undo and (mark is not None or comment is not None or accept or sign is not None):
        raise CommandLineError("--undo takes a decision back and goes with --learner alone.")
    orders = Orders(
        learners=tuple(learner or ()),
        mark=mark,
        comment=comment,
        sign=sign,
        accept=accept,
        undo=undo,
        blind=blind,
        day=_day(day),
    )
    done = taken_over(folder, orders)
    lines = moderation(done, str(folder))
    lines += _agreement(compared(done), done.out_of)
    _terminal.put("\n".join(map(_terminal.printable, lines)))
    if done.problems:
        raise typer.Exit(_terminal.INCOMPLETE)


def _day(given: str | None) -> str:
    if given is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise CommandLineError(f"--date {given}: this is no date. Write it as in 2026-11-22.") from None


def _agreement(pairs: Sequence[Compared], out_of: int) -> Iterator[str]:
    """How the teacher's own marks and the program's agree, in lines. Those entered blind are the better test."""
    blind = [pair for pair in pairs if pair.blind]
    pairs = blind or pairs
    if not pairs:
        return
    number = len(pairs)
    of = f"{number} mark{'s' if number != 1 else ''}"
    seen = f"the {of} that you entered before you saw the program's" if blind else f"your own {of}"
    apart = mean(abs(pair.own - pair.program) for pair in pairs)
    difference = mean(pair.own - pair.program for pair in pairs)
    side = "neither higher nor lower" if not round(difference, 1) else "higher" if difference > 0 else "lower"
    way = side if not round(difference, 1) else f"{abs(difference):.1f} {side}"
    within = sum(pair.within for pair in pairs)
    yield ""
    marks_apart = "1 mark" if f"{apart:.1f}" == "1.0" else f"{apart:.1f} marks"
    yield (
        f"Agreement on {seen}: on average {marks_apart} apart from the program's, yours {way}; {within} of {number}"
        " within its range."
    )
    if number >= FEWEST_FOR_KAPPA:
        from essay_marker.agreement import counts, quadratic_kappa_of

        own, program = [pair.own for pair in pairs], [pair.program for pair in pairs]
        table = counts(own, program, range(out_of + 1), [0] * number, 1)
        yield f"Quadratic weighted kappa {float(quadratic_kappa_of(table)[0]):.2f} (1 is full agreement, 0 chance)."
    else:
        yield f"A kappa is worked out from {FEWEST_FOR_KAPPA} marks on."
    if not blind:
        yield "You could see the program's marks when you gave yours, which brings the two nearer together: --blind."
