"""Likeness: how the essay's sentences compare with those of the exemplars, strand by strand.

The learned model gives each sentence a level for each strand: that of the exemplars in which sentences like it stand.
One sentence says little; the mean over an essay says a good deal. Every sentence counts alike, so that length earns
nothing. What says nothing by itself does not count: a sentence said again, a short one, one without anything of the
topic, so that filling and phrases earn nothing. A quoted sentence counts, for much quotation is a trait of weak essays,
but never for more than the writer's own do on average, so that a borrowed voice earns nothing either. A sentence from
elsewhere counts as one of the lowest level. In organisation it matters, too, whether sentences stand in a usual order.
"""

from __future__ import annotations

from functools import partial
from statistics import fmean

from essay_marker.assess.case import Case, count
from essay_marker.assess.criterion import Criterion, Seen
from essay_marker.assess.order import usual

#: The strand that the order of sentences belongs to.
ORDERED = "organisation"


def _like(case: Case, strand: str) -> Seen | None:
    levels = {i: known[strand] for i in case.counted if (known := case.sentences[i].levels) and strand in known}
    own = {i: levels[i] for i in case.own if i in levels}
    if not own:
        return None
    weighty = {i: level for i, level in own.items() if case.substantial(i)} or own
    most = fmean(weighty.values())
    values = [*weighty.values(), *(min(level, most) for i, level in levels.items() if i not in own)]
    values += [min(case.looking.elsewhere_level, most)] * len(case.elsewhere)
    mean = fmean(values)
    order = usual(case) if strand == ORDERED else None
    follow = 0.0 if order is None else case.looking.order_weight * (order - case.looking.order_usual)
    best = sorted(sorted(weighty, key=lambda i: (-weighty[i], i))[: case.looking.likeness_shown])
    said = "" if order is None else f", with {follow:+.2f} for how they follow one another"
    text = (
        f"{count(len(values), 'sentence')} that say something by themselves are on average like those of example"
        f" essays at Level {mean:.1f}{said}; shown are those most like the best"
    )
    return Seen(mean + follow, text, case.spans(best))


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
            " A sentence that is short or names nothing of the topic does not count, one from elsewhere counts as the"
            " lowest."
            " A quoted sentence counts for no more than the writer's own do on average."
            " Shown are the writer's own sentences with the highest levels"
            + (
                ", and whether each follows the one before as it usually does counts as well"
                if strand == ORDERED
                else ""
            )
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
