"""Likeness: how the essay's sentences compare with those of the exemplars, strand by strand.

The learned model gives each sentence a level for each strand: that of the exemplars in which sentences like it stand.
One sentence says little; the mean over an essay says a good deal. Every sentence counts alike, so that length earns
nothing. A sentence said again does not count. A quoted one counts, for much quotation is a trait of weak essays, but
never for more than the writer's own do on average, so that a borrowed voice earns nothing either.
"""

from __future__ import annotations

from functools import partial
from statistics import fmean

from essay_marker.assess.case import Case, count
from essay_marker.assess.criterion import Criterion, Seen


def _like(case: Case, strand: str) -> Seen | None:
    levels = {i: known[strand] for i in case.counted if (known := case.sentences[i].levels) and strand in known}
    own = {i: levels[i] for i in case.own if i in levels}
    if not own:
        return None
    most = fmean(own.values())
    mean = fmean(level if i in own else min(level, most) for i, level in levels.items())
    best = sorted(sorted(own, key=lambda i: (-own[i], i))[: case.looking.likeness_shown])
    text = (
        f"the essay's {count(len(levels), 'sentence')} are on average like those of example essays at Level {mean:.1f};"
        " shown are those most like the best"
    )
    return Seen(mean, text, case.spans(best))


_EARNS = {
    "analysis": (
        "The end of terror changed politics because losing a vote no longer meant losing a life. It did not follow that"
        " anybody could oppose the Party, and so the change, though real, stopped where the Party's monopoly began."
    ),
    "knowledge": (
        "By 1956 special commissions had reviewed most political cases, and Article 58 fell out of use after the code "
        "of December 1958. Legality thus reached ordinary citizens and not only the families of old Bolsheviks."
    ),
    "judgement": (
        "Measured by Khrushchev's own aim of a Party freed from fear, the policy largely succeeded; measured by what "
        "Soviet citizens could say in public it did not, and the second test matters more for a society."
    ),
    "organisation": (
        "If fear was the first test, the camps answer it. The harder question is whether the habit of obedience went "
        "with them, and here the thaw is the better guide, since it shows what was allowed once fear had gone."
    ),
}
_DOES_NOT = (
    "Khrushchev was born in 1894 and he worked in a mine. Then Stalin died and he became the leader. He gave a speech "
    "and he let lots of people out of prison. He also grew maize and people made jokes about it."
)


def _criterion(strand: str, why: str) -> Criterion:
    return Criterion(
        code=f"{strand}-as-in-exemplars",
        strand=strand,
        title="Sentences like those of the exemplars",
        looks_at=(
            "for every sentence, the level that the exemplars' readers gave on this strand to essays in which sentences"
            " like it stand; a model learned it from the corpus."
            " A quoted sentence counts for no more than the writer's own do on average."
            " Shown are the writer's own sentences with the highest levels"
        ),
        why=why,
        unit="mean level of the sentences",
        earns=(_EARNS[strand],),
        does_not_earn=(_DOES_NOT,),
        source="the project's exemplars and their two readers; see the model's card for what it can be trusted with",
        look=partial(_like, strand=strand),
    )


CRITERIA = (
    _criterion("analysis", "Much good reasoning uses none of the usual signposts; exemplars show what it reads like."),
    _criterion("knowledge", "Exact and well-aimed knowledge is recognised by its company as much as by its figures."),
    _criterion("judgement", "Judgement is often passed without the words that announce it."),
    _criterion("organisation", "A line that is kept up shows in how sentences take one another up."),
)
