"""Historians: who counts as one, and what the writer does with them.

The tables go through the English model, since that is what the component leans on; a few hand-made ``Doc``s hold the
rules still where a parse is to be given. Every sentence was written for this test.
"""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from essay_marker.annotate import citations, historians, quotations  # noqa: F401  (registers the components)
from essay_marker.annotate.attribution import governing_verb, has_view, reporting_verb, view_noun
from essay_marker.annotate.engagement import Passage
from essay_marker.annotate.model import load_model
from essay_marker.annotate.roster import Roster
from essay_marker.records import Essay, Historian, Note, Span
from essay_marker.topic import load_topic

TOPIC = "khrushchev-destalinisation"
Uses = list[tuple[str, str]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = load_model()
    nlp.add_pipe("essay_marker/citations", first=True, config={"topic": TOPIC})
    nlp.add_pipe("essay_marker/quotations", after="essay_marker/citations")
    nlp.add_pipe("essay_marker/historians", config={"topic": TOPIC})
    return nlp


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster(load_topic(TOPIC))


def _annotated(nlp: Language, body: str, notes: tuple[str, ...] = (), listed: str = "") -> Doc:
    text, placed = body + "\n\n", []
    for number, note in enumerate(notes, start=1):
        placed.append(Note(start=len(text), end=len(text) + len(note), mark=str(number)))
        text += note + "\n"
    bibliography = Span(start=len(text), end=len(text) + len(listed)) if listed else None
    text += listed
    doc = nlp.make_doc(body)
    doc._.essay = Essay(
        source="essay.txt",
        original=text,
        text=text,
        origin=tuple(range(len(text))),
        paragraphs=(Span(start=0, end=len(body)),),
        notes=tuple(placed),
        bibliography=bibliography,
    )
    return nlp(doc)


def _uses(doc: Doc) -> Uses:
    found: list[Historian] = list(doc._.historians)
    mentions = [(m.start, historian.name, m.use) for historian in found for m in historian.mentions]
    return [(name, use) for _, name, use in sorted(mentions)]


NAMED: list[tuple[str, Uses]] = [
    # with a view
    ("As Dobson shows, many people were afraid of those who came back.", [("Dobson", "attribute")]),
    ("For Filtzer, the factory was beyond reform.", [("Filtzer", "attribute")]),
    ("According to Hosking, hopes were high.", [("Hosking", "attribute")]),
    ("In Taubman’s view, the speech was an act of repentance.", [("Taubman", "attribute")]),
    ("The historian Polly Jones argues that the speech confused its readers.", [("Jones", "attribute")]),
    (
        "Historians such as Service and Figes argue that little changed.",
        [("Service", "attribute"), ("Figes", "attribute")],
    ),
    ("Figes' view is that people wanted peace.", [("Figes", "attribute")]),
    ("As argued by Zubok, writers had hopes of their own.", [("Zubok", "attribute")]),
    ("Gati (2006: 4) argues that the invasion was a blunder.", [("Gati", "attribute")]),
    ("Thus it was “a revolution handed down” in the words of Service.", [("Service", "attribute")]),
    ("Taubman argues that Khrushchev overstated the harvest, although he meant well.", [("Taubman", "attribute")]),
    ("Tompson says that reform weakened him. This shows how hard it was.", [("Tompson", "attribute")]),
    # without one
    ("Historians such as Taubman and Tompson have studied Khrushchev.", [("Taubman", "cite"), ("Tompson", "cite")]),
    # unknown to the topic
    ("John Larkin argues that the harvests were doomed.", [("Larkin", "attribute")]),
    ("According to Larkin, the reforms were a bluff.", [("Larkin", "attribute")]),
    ("Professor Hodgson suggests that the farms were a gamble.", [("Hodgson", "attribute")]),
    ("Hodgson (1998) found that yields fell by half.", [("Hodgson", "attribute")]),
    # weighed
    ("As Taubman rightly points out, the speech was a gamble.", [("Taubman", "evaluate")]),
    ("However, Service ignores the release of prisoners.", [("Service", "evaluate")]),
    ("Taubman overstates the part that guilt played.", [("Taubman", "evaluate")]),
    ("I am not convinced by Crankshaw, who wrote before the archives opened.", [("Crankshaw", "evaluate")]),
    ("It is hard to agree with Conquest that nothing had changed.", [("Conquest", "evaluate")]),
    ("This essay agrees with Taubman that the speech was brave.", [("Taubman", "evaluate")]),
    ("Filtzer's argument is undermined by the housing programme.", [("Filtzer", "evaluate")]),
    ("The release of prisoners supports Taubman's view.", [("Taubman", "evaluate")]),
    ("Gill's claim is too strong.", [("Gill", "evaluate")]),
    ("A problem with Dobson's argument is that only the literate wrote letters.", [("Dobson", "evaluate")]),
    ("Unlike Taubman, Tompson sees a party man.", [("Taubman", "evaluate"), ("Tompson", "evaluate")]),
    (
        "Service argues that nothing changed, whereas Figes believes that fear went.",
        [("Service", "evaluate"), ("Figes", "evaluate")],
    ),
    (
        "While Taubman stresses character, Filtzer stresses structure.",
        [("Taubman", "evaluate"), ("Filtzer", "evaluate")],
    ),
    ("Although Figes argues that the speech shook everyone, most workers never heard it.", [("Figes", "evaluate")]),
    ("Figes says that fear was all he removed but this is too simple.", [("Figes", "evaluate")]),
    ("Taubman calls it brave. This view is convincing because he could have been removed.", [("Taubman", "evaluate")]),
]


@pytest.mark.parametrize(("text", "uses"), NAMED, ids=[text[:60] for text, _ in NAMED])
def test_names_in_the_running_text(nlp: Language, text: str, uses: Uses) -> None:
    assert _uses(_annotated(nlp, text)) == uses


#: What weighs a historian, and beside it what comes close and does not. The uses are those of the first name.
WEIGHED: list[tuple[str, str]] = [
    # a verdict on the author or the view, as fixed phrase or verb
    ("Conquest’s point cuts both ways, because a party that could lie could also confess.", "evaluate"),
    ("Those like Filtzer who look at the factory have a case.", "evaluate"),
    ("Taubman argues that Khrushchev was right about Stalin.", "attribute"),
    ("Tompson puts his fall down to the split in the party.", "attribute"),
    ("Taubman flatters him here.", "evaluate"),
    ("Hornsby’s figures come from the courts, and his main point stands.", "evaluate"),
    ("Filtzer’s argument stands or falls by what happened in the factory.", "attribute"),
    ("Kotkin’s claim that reform ended in collapse takes us too far from 1964.", "evaluate"),
    ("Malia’s case rests too heavily on one idea.", "evaluate"),
    ("Tompson believes that the reforms were too hasty.", "attribute"),
    ("Malia treats the party as if it had one mind.", "evaluate"),
    ("Tompson’s explanation is neater than the events.", "evaluate"),
    ("Zubok’s students were younger than the men who had fought the war.", "attribute"),
    ("Nove’s best known book appeared in 1969.", "attribute"),
    ("Filtzer’s explanation is the best known.", "attribute"),
    ("Figes is doubtful whether fear ever left.", "attribute"),
    # how well it does its work, and how far it reaches
    ("Filtzer’s thesis fits the prisons badly.", "evaluate"),
    ("Filtzer explains why production stalled but not why arrests fell.", "evaluate"),
    ("Filtzer explains that workers were free but not happy.", "attribute"),
    # its ground, a step of it, what it found
    ("Acton’s strongest argument is the one about the party.", "evaluate"),
    ("Malia slides from the party to the whole country, and here the inference is weak.", "evaluate"),
    ("The fear Hornsby describes was not the fear of 1937.", "evaluate"),
    ("The letters Dobson quotes were written by women.", "attribute"),
    ("The reforms Taubman describes were never completed.", "attribute"),
    ("The evidence Adler uses is thin, and it is hardly convincing.", "evaluate"),
    ("Hornsby offers the best way between them.", "evaluate"),
    ("Hornsby offers an account of the trials.", "attribute"),
    ("Taubman wrote his biography, and there are important books by others.", "cite"),
    ("I will examine the views of Taubman in what follows.", "cite"),
    ("Taubman and Gati are experts on this.", "cite"),
    ("The archives have been used by others, and Taubman has a chapter on them.", "cite"),
    # what an author could have done
    ("Merridale could have said more about the villages.", "evaluate"),
    ("Conquest argues that the party could have done more.", "attribute"),
    # the writer answers
    ("Crankshaw saw this in 1966, and I would add that nobody in Moscow did.", "evaluate"),
    ("Dobson describes the returning prisoners, and I will now turn to the economy.", "attribute"),
    ("Dobson shows how the amnesty worked, so I think the camps mattered most.", "attribute"),
    ("Applebaum denies it, which seems to me too harsh.", "evaluate"),
    ("Conquest puts the truth first, and for a victim that is understandable.", "evaluate"),
    ("Lewin holds that officials wanted safety, and that explains a good deal.", "evaluate"),
    ("Dobson has drawn attention to crime, and this helps explain why releases slowed down.", "attribute"),
    ("Malia thinks that only the paint was new. I find this hard to accept.", "evaluate"),
    ("Taubman argues that he was brave. I believe this was a success for him.", "attribute"),
    ("Adler finds that few returned to their flats. If she is right, rehabilitation was hollow.", "attribute"),
    # gone against, or followed by the next fact
    ("Dobson shows that prisoners were feared, but they were not feared everywhere.", "evaluate"),
    ("Hosking claims that all fear had gone, but people went to prison for jokes.", "evaluate"),
    ("Nove says that wages rose, but the harvest of 1963 failed.", "attribute"),
    ("Medvedev records that Molotov kept his pension, but Beria was shot.", "attribute"),
    # evidence for or against, distance and nearness
    ("The minutes tell against Malia.", "evaluate"),
    ("The evidence of 1957 is on Lewin’s side.", "evaluate"),
    ("My own view differs from Malia’s.", "evaluate"),
    ("It is difficult to see how Filtzer would explain the end of the purges.", "evaluate"),
    ("As far as Lewin is concerned, the state had been tamed.", "attribute"),
    ("Where Taubman sees guilt, Tompson sees calculation.", "evaluate"),
    ("Lewin has the better of it on the state and Conquest on its lies.", "evaluate"),
    # references
    ("The claim that fear was “put away like winter boots” (Merridale, 2000: 310) goes too far.", "evaluate"),
    ("The view that all was “more than repainted” (Malia, 1994: 4) is unconvincing.", "evaluate"),
    ("The claim that fear was “put away like winter boots” (Merridale, 2000: 310) was heard in 1956.", "quote"),
]


@pytest.mark.parametrize(("text", "use"), WEIGHED, ids=[text[:60] for text, _ in WEIGHED])
def test_what_weighs_a_historian_and_what_only_comes_close(nlp: Language, text: str, use: str) -> None:
    assert _uses(_annotated(nlp, text))[0][1] == use


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("Kenez deals with film. He claims that “the censors were tired of their work” (Kenez, 1999: 2).", "attribute"),
        ("Kenez deals with film. In his view “the censors were tired of their work” (Kenez, 1999: 2).", "attribute"),
        ("Kenez deals with film. “The censors were tired of their work” (Kenez, 1999: 2).", "quote"),
        ("Kenez deals with film. He said that “the plan was the law of the land” (Nove, 1992: 2).", "quote"),
    ],
)
def test_a_pronoun_for_the_author_attributes_the_words(nlp: Language, text: str, use: str) -> None:
    assert _uses(_annotated(nlp, text))[-1][1] == use


def test_those_listed_beside_a_historian_are_historians(nlp: Language) -> None:
    doc = _annotated(nlp, "The camps have been studied by Applebaum, Adler, Barnes and Hardy.")
    assert [name for name, _ in _uses(doc)] == ["Applebaum", "Adler", "Barnes", "Hardy"]
    assert [name for name, _ in _uses(_annotated(nlp, "For Taubman, Khrushchev was brave."))] == ["Taubman"]
    assert [name for name, _ in _uses(_annotated(nlp, "According to Taubman, Malenkov and Kozlov lost."))] == [
        "Taubman"
    ]


def test_a_verb_that_the_tagger_takes_for_a_noun(nlp: Language) -> None:
    text = "Service states, “The prestige was lost by November. It never came back” (Service, 1997: 344)."
    assert _uses(_annotated(nlp, text))[0] == ("Service", "attribute")


def test_a_judgement_says_how_it_was_made() -> None:
    doc = _doc(*CLAIM)
    assert Passage(doc[:], set(), [doc[0]]).judgement_on(doc[0], []) == "the author or the view is judged"


REFERENCES: list[tuple[str, Uses]] = [
    ("Many prisoners came home (Dobson, 2009).", [("Dobson", "cite")]),
    ("“The camps were emptied almost overnight” (Applebaum, 2003, p. 455).", [("Applebaum", "quote")]),
    ("“The camps were emptied. Nobody was told.” (Applebaum, 2003).", [("Applebaum", "quote")]),
    ("He gave a “blunt and ill-tempered lecture” to the writers (Zubok 2009: 80).", [("Zubok", "quote")]),
    ("He blamed them “openly but politely” for it (Zubok 2009: 80).", [("Zubok", "quote")]),
    ("The ‘thaw’ and the ‘Secret Speech’ came to an end (Zubok 2009: 80).", [("Zubok", "cite")]),
    (
        "His “goulash with a human smile” did not feed the towns, nor did it please those who ran them (Nove 1992).",
        [("Nove", "cite")],
    ),
    ("“He was a gambler by nature” (Taubman).", [("Taubman", "quote")]),
    ("Wages rose (Laird and Hoffmann, 1986; Nove 1992).", [("Laird and Hoffmann", "cite"), ("Nove", "cite")]),
    ("Wages rose (Medvedev & Medvedev 1977: 4).", [("Medvedev & Medvedev", "cite")]),
    (
        "As Hosking says, “the hopes were never so high” (Hosking, 1992).",
        [("Hosking", "attribute"), ("Hosking", "quote")],
    ),
    (
        "“Medvedev's estimate comes to many millions of people” (van Goudoever 1986: 45).",
        [("Medvedev", "attribute"), ("van Goudoever", "quote")],
    ),
]


@pytest.mark.parametrize(("text", "uses"), REFERENCES, ids=[text[:60] for text, _ in REFERENCES])
def test_references(nlp: Language, text: str, uses: Uses) -> None:
    assert _uses(_annotated(nlp, text)) == uses


@pytest.mark.parametrize(
    "text",
    [
        "Khrushchev argued that Stalin had broken with Lenin.",
        "Khrushchev claims that plenty will come by 1980.",
        "Stalin's view was that force was needed. Malenkov suggested higher wages.",
        "Solzhenitsyn writes that the camps never closed. Yevtushenko says that heirs remained.",
        "Frol Kozlov argued that the strikers must be shot.",
        "Pomerantsev wrote that novels had become insincere.",
        "Moscow argued that order was restored. Pravda claims that all is well.",
        "The conquest of the steppe took years. Service in the army was hard. Keep in mind that prices rose.",
        "Brown coal was dug. Hungary (1956) showed the limits.",
        "The plotters (Molotov, Malenkov and Kaganovich, 1957) lost.",
        "Gordon Brown became a minister much later.",
    ],
)
def test_who_is_no_historian(nlp: Language, text: str) -> None:
    assert _uses(_annotated(nlp, text)) == []


def test_a_name_and_its_year_are_one_mention(nlp: Language) -> None:
    doc = _annotated(nlp, "Brown (2009: p.262) treats this as the end.")
    (historian,) = doc._.historians
    (mention,) = historian.mentions
    assert (doc.text[mention.start : mention.end], mention.year, mention.pages) == ("Brown", "2009", "262")
    assert (historian.name, historian.full_name, historian.known) == ("Brown", "Archie Brown", True)
    assert [span.text for span in doc.spans["mentions"]] == ["Brown"]
    assert doc.spans["mentions"][0]._.mention == mention


def test_a_historian_has_the_highest_use_and_all_mentions(nlp: Language) -> None:
    doc = _annotated(nlp, "Fear went (Figes 2014). Figes overlooks the villages. Figes also says that wages rose.")
    (historian,) = doc._.historians
    assert (historian.use, [m.use for m in historian.mentions]) == ("evaluate", ["cite", "evaluate", "attribute"])


@pytest.mark.parametrize(
    ("text", "listed", "full_name"),
    [
        ("Prisoners came home (Medvedev 1982: 3).", "", "Roy Medvedev"),
        ("Prisoners came home (Medvedev 1999: 3).", "", None),
        ("Prisoners came home (Medvedev 1999: 3).", "Medvedev, Z. A. (1999) Exile. York: Elm", "Zhores Medvedev"),
        ("Zhores Medvedev says that prisoners came home.", "", "Zhores Medvedev"),
        ("Flats were built (Smith 2010).", "", "Mark B. Smith"),
        ("Wages rose (Hoffman 1980).", "", "Erik P. Hoffmann"),
        ("Wages rose (Poe 1980).", "", None),
    ],
)
def test_who_is_meant(nlp: Language, text: str, listed: str, full_name: str | None) -> None:
    assert [h.full_name for h in _annotated(nlp, text, listed=listed)._.historians] == [full_name]


@pytest.mark.parametrize(
    ("text", "grounded"),
    [
        ("Taubman is right because nobody forced him to speak.", ["Taubman"]),
        ("Taubman overstates this. The evidence of the minutes points to calculation.", ["Taubman"]),
        ("Taubman convincingly argues that he was brave.", []),
        ("Taubman convincingly argues that he was brave because nobody else dared to speak.", []),
        ("The housing programme supports Taubman's view.", ["Taubman"]),
        ("Taubman argues that he was brave because he spoke.", []),
    ],
)
def test_a_ground_is_told_from_a_bare_judgement(nlp: Language, text: str, grounded: list[str]) -> None:
    doc = _annotated(nlp, text)
    assert [text[span.start : span.end] for span in doc._.evaluated_with_ground] == grounded


def test_footnotes(nlp: Language) -> None:
    body = "“The speech left everyone stunned and silent.”1 The camps emptied.2"
    notes = ("William Taubman, Khrushchev (London, 2003), p. 274.", "M. Dobson, Summer (Ithaca, 2009), p. 5.")
    doc = _annotated(nlp, body, notes)
    assert _uses(doc) == [("Taubman", "quote"), ("Dobson", "cite")]
    assert doc._.historians[0].mentions[0].pages == "274"


# --- the roster -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "key", "strength"),
    [
        ("Taubman", "taubman", "sure"),
        ("Breslaur", "breslauer", "sure"),
        ("Service", "service", "weak"),
        ("Thompson", "tompson", "weak"),
        ("Crankshow", "crankshaw", "weak"),
        ("Furst", "furst", "sure"),
        ("McAuley", "mcauley", "sure"),
    ],
)
def test_spellings(roster: Roster, word: str, key: str, strength: str) -> None:
    match = roster.find(word)
    assert match is not None
    assert (match.key, match.strength) == (key, strength)


@pytest.mark.parametrize("word", ["Khrushchov", "Malenkov", "Hungary", "Poe", "Novel", "Gosplan"])
def test_words_that_the_roster_does_not_take_for_historians(roster: Roster, word: str) -> None:
    assert roster.find(word) is None


# --- rules on a given parse -----------------------------------------------------------------------------------------


def _doc(*tokens: tuple[str, str, str, str, int, str]) -> Doc:
    """A ``Doc`` from rows of word, lemma, tag, part of speech, head and dependency."""
    words, lemmas, tags, pos, heads, deps = (list(column) for column in zip(*tokens, strict=True))
    return Doc(Vocab(), words=words, lemmas=lemmas, tags=tags, pos=pos, heads=heads, deps=deps)


CLAIM = (
    ("Orr", "Orr", "NNP", "PROPN", 2, "poss"),
    ("'s", "'s", "POS", "PART", 0, "case"),
    ("argument", "argument", "NN", "NOUN", 3, "nsubj"),
    ("overlooks", "overlook", "VBZ", "VERB", 3, "ROOT"),
    ("wheat", "wheat", "NN", "NOUN", 3, "dobj"),
    (".", ".", ".", "PUNCT", 3, "punct"),
)


def test_a_view_stands_for_its_holder() -> None:
    doc = _doc(*CLAIM)
    assert view_noun(doc[0]) == doc[2]
    assert governing_verb(doc[0]) == doc[3]
    assert reporting_verb(doc[0]) is None
    assert Passage(doc[:], set(), [doc[0]]).evaluates(doc[0], [])


def test_quoted_words_are_not_the_writers() -> None:
    doc = _doc(*CLAIM)
    assert not Passage(doc[:], {2, 3, 4}, [doc[0]]).evaluates(doc[0], [])


def test_what_is_reported_is_not_the_writers_judgement() -> None:
    doc = _doc(
        ("Orr", "Orr", "NNP", "PROPN", 1, "nsubj"),
        ("says", "say", "VBZ", "VERB", 1, "ROOT"),
        ("he", "he", "PRP", "PRON", 3, "nsubj"),
        ("overlooked", "overlook", "VBD", "VERB", 1, "ccomp"),
        ("wheat", "wheat", "NN", "NOUN", 3, "dobj"),
    )
    assert reporting_verb(doc[0]) == doc[1]
    assert not Passage(doc[:], set(), [doc[0]]).evaluates(doc[0], [])


def test_having_studied_something_is_no_view() -> None:
    doc = _doc(
        ("Orr", "Orr", "NNP", "PROPN", 2, "nsubj"),
        ("has", "have", "VBZ", "AUX", 2, "aux"),
        ("studied", "study", "VBN", "VERB", 2, "ROOT"),
        ("wheat", "wheat", "NN", "NOUN", 2, "dobj"),
    )
    assert not has_view(doc[0])
