"""Statements held against the facts of the Khrushchev topic: planted slips, and traps that are none.

Every sentence here was written for this test. Each names the fact that must be flagged, or none.
"""

from __future__ import annotations

import pytest

from essay_marker.annotate.facts import check_facts
from essay_marker.records import FactCheck
from essay_marker.topic import Topic, load_topic

SLIPS = [
    # a wrong year in so many words
    ("Stalin died in 1954, and nobody knew who would follow.", "stalin_death"),
    ("The death of Stalin in March 1952 opened the struggle.", "stalin_death"),
    ("Khrushchev gave his Secret Speech in 1957.", "secret_speech_date"),
    ("The 1955 Secret Speech was the turning point of his rule.", "secret_speech_date"),
    ("In 1953 Khrushchev delivered the Secret Speech to a closed session.", "secret_speech_date"),
    ("The Twentieth Congress, held in 1957, heard the truth at last.", "congress20"),
    ("At the 22nd Congress in 1962 the attack became public.", "congress22"),
    ("Khrushchev became premier in 1955 and so held both posts.", "khrushchev_premier"),
    ("Stalin's body was removed from the mausoleum in 1956.", "stalin_body_moved"),
    ("Stalingrad was renamed Volgograd in 1956.", "stalingrad_renamed"),
    ("The Anti-Party Group tried to oust him in 1956.", "anti_party_group_date"),
    ("Khrushchev was removed in 1965 after a vote.", "khrushchev_removal"),
    ("The Virgin Lands campaign was launched in 1957.", "virgin_lands_start"),
    ("Sovnarkhozy were set up in 1961 to weaken the ministries.", "sovnarkhozy_date"),
    ("Sputnik was launched in 1961.", "sputnik"),
    ("Gagarin flew into space in 1957.", "gagarin"),
    ("The strikers of Novocherkassk were fired on in 1964.", "novocherkassk_date"),
    ("The Hungarian uprising of 1968 was crushed by tanks.", "hungary_dates"),
    ("One Day in the Life of Ivan Denisovich was published in 1957.", "ivan_denisovich"),
    ("Doctor Zhivago (1961) could be read only abroad.", "zhivago_publication"),
    ("The Berlin Wall was built in 1949.", "berlin_wall"),
    ("The Cuban Missile Crisis of 1961 frightened the elite.", "cuban_missile_crisis"),
    ("The Warsaw Pact was founded in 1949 to bind the satellites.", "warsaw_pact"),
    ("On 6 March 1953 Stalin died.", "stalin_death"),
    ("Beria was executed in 1956.", "beria_execution"),
    # a wrong claim or name
    ("The leaders of the Anti-Party Group were executed.", "anti_party_group_fate"),
    ("Molotov was sent to the Gulag after the plot.", "anti_party_group_fate"),
    ("Beria was head of the KGB and feared by all.", "beria_office"),
    ("Khrushchev never publicly denounced Stalin.", "stalin_public_denunciation"),
    ("The speech condemned collectivisation as a crime.", "secret_speech_scope"),
    ("Khrushchev even rehabilitated Bukharin and Trotsky.", "not_rehabilitated"),
    ("All the victims of Stalin were rehabilitated.", "rehabilitations"),
    ("Brezhnev succeeded on Khrushchev's death in 1964.", "successors_1964"),
    ("Doctor Zhivago was published in the USSR with his approval.", "zhivago_publication"),
    ("Khrushchev allowed the publication of The Gulag Archipelago.", "gulag_archipelago"),
    ("At Novocherkassk hundreds of strikers were killed.", "novocherkassk_deaths"),
    ("Republics such as Hungary took the speech as a signal.", "hungary_republic_error"),
    ("Gomulka was executed for his reforms.", "gomulka"),
    ("Tito rejoined the Soviet bloc after the visit to Yugoslavia.", "belgrade_1955"),
    # a wrong figure
    ("The Secret Speech lasted two hours.", "secret_speech_length"),
    ("The 1963 harvest was 140 million tonnes of grain.", "grain_1963"),
    ("Khrushchev set up 250 regional economic councils.", "sovnarkhozy_number"),
    # written after the code, to see what it misses
    ("Stalin's death in 1956 left a vacuum.", "stalin_death"),
    ("When Stalin died in March 1954, Beria acted first.", "stalin_death"),
    ("He made his famous Secret Speech in February 1957, and it shocked the party.", "secret_speech_date"),
    ("The Secret Speech, delivered in 1955, attacked the cult of personality.", "secret_speech_date"),
    ("By giving the Secret Speech in 1954 he hoped to hurt Malenkov.", "secret_speech_date"),
    ("The Twentieth Party Congress of 1953 marked a new start.", "congress20"),
    ("In June 1956 the Anti-Party Group attempted to remove him.", "anti_party_group_date"),
    ("Khrushchev was removed from power in October 1963.", "khrushchev_removal"),
    ("Khrushchev was ousted in 1962.", "khrushchev_removal"),
    ("Beria was arrested in 1954 and shot.", "beria_arrest"),
    ("The massacre at Novocherkassk in 1961 showed the limits of reform.", "novocherkassk_date"),
    ("In 1960 Solzhenitsyn's One Day in the Life of Ivan Denisovich was published in Novy Mir.", "ivan_denisovich"),
    ("The KGB in the 1930s had killed millions.", "kgb_creation"),
    ("Khrushchev launched the Virgin Lands scheme in 1956.", "virgin_lands_start"),
    ("In 1963 Yuri Gagarin became the first man in space.", "gagarin"),
    ("Sputnik, launched in 1959, amazed the world.", "sputnik"),
    ("The Machine Tractor Stations were abolished in 1955.", "mts_abolished"),
    ("Stalin's body was taken out of the mausoleum in 1957.", "stalin_body_moved"),
    ("The Cominform was dissolved in 1953.", "cominform_dissolved"),
    ("The Berlin Wall went up in 1956.", "berlin_wall"),
    ("Imre Nagy was executed in 1956.", "nagy"),
    ("The Austrian State Treaty was signed in 1953.", "austrian_treaty"),
    ("Malenkov resigned as premier in 1957.", "malenkov_fall"),
    ("The leaders of the Anti-Party Group were shot.", "anti_party_group_fate"),
    ("In 1957 the party was split into industrial and agricultural branches.", "bifurcation_1962"),
    ("The KGB, led by Beria, lost power.", "beria_office"),
    ("All political prisoners were released after 1956.", "releases_after_1956"),
    ("Khrushchev abolished the sovnarkhozy in 1964.", "sovnarkhozy_abolished"),
    ("Pasternak's One Day in the Life of Ivan Denisovich amazed readers.", "ivan_denisovich"),
    ("The Secret Speech lasted for eight hours.", "secret_speech_length"),
    ("Nagy, the Polish leader, went too far.", "nagy"),
    ("The speech attacked every one of Stalin's policies.", "secret_speech_scope"),
    ("Khrushchev played no part in the purges.", "khrushchev_stalin_complicity"),
    ("Khrushchev was succeeded by Andropov.", "successors_1964"),
    ("At Camp David he met Kennedy.", "camp_david"),
    ("The kitchen debate took place in Washington.", "american_exhibition"),
    ("Stalin died on 5 March 1954.", "stalin_death"),
    ("The amnesty of 1953 freed nearly five million prisoners.", "amnesty_1953"),
    ("Khrushchev's fall in 1966 surprised the West.", "khrushchev_removal"),
    ("Brodsky was put on trial in 1966.", "brodsky_trial"),
    ("In July 1958 the youth festival opened in Moscow.", "youth_festival"),
    ("The Manezh exhibition took place in 1960.", "manezh_1962"),
    ("Life and Fate was confiscated by the KGB in 1957.", "grossman_seizure"),
    ("Dudintsev published Not by Bread Alone in 1953.", "not_by_bread_alone"),
    ("Ehrenburg's novel The Thaw, published in 1961, named the era.", "thaw_term"),
    ("Cuba brought the missile crisis of October 1961.", "cuban_missile_crisis"),
    ("In 1961 a U-2 was shot down.", "u2"),
    ("The Test Ban Treaty was signed in 1961.", "test_ban"),
    ("The Seven-Year Plan was launched in 1955.", "seven_year_plan"),
    ("Lenin's Testament, written in 1917, warned against Stalin.", "lenin_testament"),
    ("The KGB was set up in 1946.", "kgb_creation"),
    ("Abortion was legalised in 1959.", "abortion_1955"),
    ("Bulganin, the party leader, was weak.", "bulganin_premier"),
    ("The speech was published in Pravda the next day.", "secret_speech_publication"),
    ("Zhukov joined the Anti-Party Group.", "anti_party_group_members"),
    ("Khrushchev was assassinated by his colleagues.", "khrushchev_removal"),
    ("Stalin's body was cremated.", "stalin_body_moved"),
    ("Stalingrad was renamed Leningrad.", "stalingrad_renamed"),
    ("By 1956 all the camps had been closed.", "gulag_agency_closed"),
    ("Imre Nagy, leader of Poland, wanted neutrality.", "nagy"),
    ("The protest in Tbilisi in 1956 was directed against Stalin.", "tbilisi_1956"),
]

NO_SLIPS = [
    # right values
    "Stalin died in March 1953 and Beria was arrested in June.",
    "The Secret Speech of 25 February 1956 lasted four hours.",
    "Beria was arrested in June 1953 and executed in December 1953.",
    "In 1961 Stalin's body was taken out of the mausoleum and Stalingrad became Volgograd.",
    "The 1963 harvest fell to 107 million tonnes.",
    "There were 105 sovnarkhozy in 1957, later fewer than 50.",
    # right negatives and contrasts
    "Molotov and Malenkov were not shot but sent to minor posts.",
    "The Anti-Party Group was demoted rather than executed.",
    "No member of the Anti-Party Group was executed.",
    "It is not true that the Secret Speech was given in 1957.",
    "Bukharin was not rehabilitated until 1988.",
    "Unlike in 1937, the Anti-Party Group lost only its posts.",
    "The speech did not condemn collectivisation.",
    "Contrary to the myth, Khrushchev never publicly denounced Stalin is simply untrue.",
    # reports of other people's views, questions, suppositions
    "Some pupils believe that the Secret Speech was given in 1957.",
    "According to one textbook Stalin died in 1954.",
    "Delegates feared that the Anti-Party Group would be executed.",
    "Molotov was accused of wanting the leaders executed.",
    "Was Khrushchev removed in 1965?",
    "If Stalin had died in 1952, the Doctors' Plot would not have happened.",
    "Under Stalin the Anti-Party Group would have been executed.",
    # dates that belong to something else
    "Stalin's death in 1953 and the Secret Speech in 1956 frame the first phase.",
    "The Secret Speech came three years after Stalin's death in 1953.",
    "After 1957 the memory of the Secret Speech faded.",
    "By 1961 the effects of the Secret Speech were felt everywhere.",
    "The effects of the Secret Speech in 1961 were still visible.",
    "Between 1953 and 1964 the Virgin Lands began to fail.",
    "Since 1957 the Secret Speech had been discussed in China.",
    "In 1957 the Secret Speech was still being discussed in party cells.",
    "The Anti-Party Group of 1957 hated the sovnarkhozy.",
    "Hungary was crushed in November 1956, unlike East Germany in 1953.",
    "In 1968 Brezhnev crushed Prague as Khrushchev had crushed Hungary.",
    "Khrushchev fell in 1964, eight years after the Secret Speech.",
    "The Secret Speech, though secret, was printed in the USSR in 1989.",
    "Solzhenitsyn was arrested in 1945, and One Day in the Life of Ivan Denisovich made him famous.",
    "He read Doctor Zhivago in 1961.",
    "In 1962 the mausoleum held only Lenin.",
    "Historians still argue about the Secret Speech (Service, 1997: 343).",
    "The Cuban Missile Crisis showed in miniature what Berlin had shown in 1961.",
    "Stalin's death did for Beria what 1957 did for Molotov.",
    "The number released was 1,966 delegates of 1934.",
    "In the 1950s the Virgin Lands campaign began well.",
    # disputed values
    "Some eight million prisoners were released by the end of 1956.",
    "Khrushchev was the dominant figure by 1955.",
    "About 20,000 Hungarians were killed in the rising.",
    # loose but true enough
    "Malenkov, Molotov and Kaganovich formed the Anti-Party Group, which Zhukov helped to defeat.",
    "All camps were feared, and many had closed by 1960.",
    "The Virgin Lands drew settlers from Ukraine.",
    # written after the code
    "By 1957, a year after the Secret Speech, writers were being reined in again.",
    "The Twentieth Congress was followed in 1957 by the crisis of the Anti-Party Group.",
    "In 1957 he defeated the Anti-Party Group and in 1958 became premier.",
    "Khrushchev's Secret Speech encouraged Poles and Hungarians, and in 1968 Czechs, to hope.",
    "In 1954 the Virgin Lands campaign began, and by 1960 it had failed.",
    "Sputnik in 1957 and Gagarin in 1961 were triumphs.",
    "Stalin's death meant that by 1954 the camps were emptying.",
    "The Berlin Wall fell in 1989.",
    "The Secret Speech has been called, since 1989, the beginning of the end.",
    "Beria, whom Stalin had made head of the NKVD in 1938, lost.",
    "Had the Anti-Party Group been executed, terror would have returned.",
    "The Anti-Party Group could have been executed, but it was not.",
    "His enemies of 1957 were not executed, as the victims of 1937 had been.",
    "Solzhenitsyn's book of 1973, The Gulag Archipelago, was published abroad.",
    "Doctor Zhivago was only published in the USSR in 1988.",
    "In 1964, when Khrushchev fell, Brezhnev took over.",
    "Tito had broken with Stalin in 1948.",
    "Nagy was executed in 1958.",
    "The KGB replaced the organs that had carried out the terror in the 1930s.",
    "Volgograd had been called Stalingrad since 1925.",
    "In 1937 Tukhachevsky had been shot.",
    "The 1962 crisis over Cuba and the 1961 crisis over Berlin frightened his colleagues.",
    "In October 1964 the plotters accused Khrushchev of creating his own cult.",
    "Thousands were killed in Hungary.",
    "What the Secret Speech began in 1956 the 22nd Congress completed in 1961.",
    "Ten years before the Cuban Missile Crisis, in 1952, no one travelled.",
    "De-Stalinisation reached its height in 1961-62 with One Day in the Life of Ivan Denisovich.",
    "Until 1953 Beria was head of the secret police, until 1954 there was no KGB.",
    "In 1956 Soviet tanks crushed the rising; in 1953 they had done so in East Berlin.",
    "The fall of Khrushchev in 1964 cannot be understood without Cuba in 1962.",
    "The Secret Speech of 1956 was published in the West within months, in Russia in 1989.",
    "By 1980 communism was to be built, according to the Party Programme of 1961.",
    "Hundreds of thousands of prisoners were freed after the amnesty of 1953.",
    "The Secret Speech spoke of 1937 at length.",
    "Khrushchev told the 22nd Congress in detail what he had hidden in 1956.",
    "Lenin's Testament, written in 1922, was read in 1956.",
    "The Virgin Lands in 1963 were a dust bowl.",
    "Maize covered 37 million hectares in 1962.",
    "In 1955 Khrushchev visited Belgrade, in 1959 the USA.",
    "Was the Anti-Party Group shot? No.",
    "In 1957 Zhukov saved Khrushchev and four months later he was dismissed.",
    "The system that had produced the 1937 terror survived the Secret Speech.",
    "The Secret Speech dealt with the years 1934 to 1953.",
    "In his Secret Speech Khrushchev quoted Lenin's letters of 1922.",
    "The poem of 1962, The Heirs of Stalin, recalled the mausoleum.",
    "Gomulka, jailed in 1951, returned in 1956.",
    "The Virgin Lands began to yield less in 1959 than in 1956.",
    "From 1958 until 1964 he was premier.",
    "Stalin died, and in 1955 Malenkov resigned.",
    "Between the Secret Speech and 1964 nothing was settled.",
    "Beria was shot in 1953, Khrushchev pensioned off in 1964.",
    "Molotov could have expected to be shot in 1937, but in 1957 he became ambassador to Mongolia.",
    "A repeat of Hungary 1956 in Prague in 1968 shows continuity.",
    "Filtzer argues that the sovnarkhozy of 1958 were doomed.",
    "Of the 1,966 delegates of 1934, 1,108 were arrested, as the Secret Speech revealed.",
    "Sputnik was the pride of 1957, the maize campaign the shame of 1962.",
    "The Anti-Party Group lost in June 1957; in 1961 its members were attacked again.",
    "Novocherkassk happened nine years after Stalin died.",
    "One Day, set in 1951, was printed in 1962.",
    "He retired in 1964 and Brezhnev became First Secretary.",
    "Khrushchev had been First Secretary in Ukraine since 1938.",
    "The Congress of 1956 was followed by that of 1961, and the mausoleum was emptied.",
    "Under Brezhnev Solzhenitsyn was exiled in 1974.",
    "Nothing like the Anti-Party Group's survival was possible in 1938.",
    "The Berlin Wall, like Hungary in 1956, showed that force remained.",
]


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load_topic("khrushchev-destalinisation")


def check(topic: Topic, sentence: str) -> list[FactCheck]:
    return check_facts(sentence, [(0, len(sentence))], [], topic.facts)


def slips(topic: Topic, sentence: str) -> list[str]:
    return [c.id for c in check(topic, sentence) if c.status == "slip"]


def test_precision_and_recall_of_slips(topic: Topic) -> None:
    hits = sum(fact in slips(topic, sentence) for sentence, fact in SLIPS)
    false = sum(len([s for s in slips(topic, sentence) if s != fact]) for sentence, fact in SLIPS)
    false += sum(len(slips(topic, sentence)) for sentence in NO_SLIPS)
    assert hits / (hits + false) >= 0.95
    assert hits / len(SLIPS) >= 0.7


def test_there_is_enough_to_measure_with() -> None:
    assert len(SLIPS) >= 100
    assert len(NO_SLIPS) >= 100
    assert len({sentence for sentence, _ in SLIPS} | set(NO_SLIPS)) == len(SLIPS) + len(NO_SLIPS)


@pytest.mark.parametrize(
    ("sentence", "fact", "status"),
    [
        ("Stalin died in March 1953.", "stalin_death", "supported"),
        ("The Secret Speech was delivered on 25 February 1956.", "secret_speech_date", "supported"),
        ("The Secret Speech of 1956 lasted four hours.", "secret_speech_length", "supported"),
        ("Novy Mir was edited by Tvardovsky from 1958 to 1970.", "novy_mir", "supported"),
        ("Molotov was sent to Mongolia as ambassador.", "anti_party_group_fate", "supported"),
        ("About four million prisoners were released.", "releases_after_1956", "supported"),
        ("Between seven and eight million prisoners were released.", "releases_after_1956", "disputed"),
        ("About 20,000 Hungarians were killed in the rising.", "hungary_casualties", "disputed"),
    ],
)
def test_right_and_disputed_values(topic: Topic, sentence: str, fact: str, status: str) -> None:
    assert (fact, status) in [(c.id, c.status) for c in check(topic, sentence)]


def test_the_span_is_the_statement_with_its_value(topic: Topic) -> None:
    text = "Nobody expected it. In the end Stalin died in 1954, alone."
    (found,) = check_facts(text, [(0, 19), (20, len(text))], [], topic.facts)
    assert text[found.start : found.end] == "Stalin died in 1954"


def test_a_slip_is_said_kindly_and_with_its_reason(topic: Topic) -> None:
    (found,) = check(topic, "Khrushchev gave the Secret Speech in 1953.")
    assert found.message.startswith("Worth checking “1953”: ")
    assert "That is the year of Stalin's death." in found.message
    (minor,) = check(topic, "The amnesty granted by Khrushchev freed many criminals.")
    assert minor.message.endswith("A small point.")


def test_quotations_and_citations_are_nobodys_claim(topic: Topic) -> None:
    text = 'One pupil wrote: "Stalin died in 1954".'
    start = text.index('"')
    assert slips(topic, text.replace('"', ""))
    assert check_facts(text, [(0, len(text))], [(start, len(text) - 1)], topic.facts) == []


def test_masking_keeps_the_offsets(topic: Topic) -> None:
    text = "“Quoted” words, then: Stalin died in 1954."
    (found,) = check_facts(text, [(0, len(text))], [(0, 8)], topic.facts)
    assert text[found.start : found.end] == "Stalin died in 1954"


@pytest.mark.parametrize(
    "text", ["STALIN DIED IN 1954.", "İ Stalin died\nin 1954.", "Stalin‟s death in 1954.", "Stalin’s death in 1954."]
)
def test_case_line_ends_and_marks_make_no_difference(topic: Topic, text: str) -> None:
    (found,) = check(topic, text)
    assert (found.id, found.status) == ("stalin_death", "slip")
    assert text[found.start : found.end].endswith("1954")


def test_a_known_mistake_is_named_once(topic: Topic) -> None:
    sentence = "The leaders of the Anti-Party Group were executed. "
    text = sentence * 3
    size = len(sentence)
    found = check_facts(text, [(i * size, (i + 1) * size) for i in range(3)], [], topic.facts)
    assert [(c.id, c.status) for c in found] == [("anti_party_group_fate", "slip")]


def test_one_check_for_a_fact_in_a_clause(topic: Topic) -> None:
    found = check(topic, "The Secret Speech of 1956, this Secret Speech of February 1956, shocked all.")
    assert [c.id for c in found].count("secret_speech_date") == 1


@pytest.mark.parametrize("text", ["", " ", "…", "1953", "()", "?!", "Stalin's death"])
def test_texts_that_state_nothing(topic: Topic, text: str) -> None:
    assert check(topic, text) == []


def test_checks_come_in_the_order_of_the_text(topic: Topic) -> None:
    found = check(topic, "Gagarin flew in 1961, Sputnik in 1957; Stalin died in 1953; Novocherkassk rose in 1962.")
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert len(found) >= 3


def test_every_listed_mistake_that_has_a_pattern_can_be_found(topic: Topic) -> None:
    """No dead patterns: each stands for folded text, so it may not ask for what folding takes away."""
    for fact in topic.facts:
        for error in fact.errors:
            for pattern in error.patterns:
                assert not set(pattern) & set("’‘“”–—"), (fact.id, pattern)


@pytest.mark.parametrize(
    ("text", "fact_id"),
    [
        ("K. fell in October 1966.", "khrushchev_removal"),  # short for Khrushchev
        ("Chruschtschow died in 1975.", "khrushchev_death"),  # as it is spelt in other languages
        ("It was only in 1958, when Beria was shot, that people dared to speak.", "beria_execution"),
        ("The execution of Beria, which took place in 1955, was the last of its kind.", "beria_execution"),
        ("Three months after Stalin's death, in June 1954, Beria was arrested.", "beria_arrest"),
        ("Nobody expected Beria to fall, but in June 1954 he was arrested.", "beria_arrest"),
        ("The doctors of the Doctors' Plot were not set free before the autumn of 1956.", "doctors_plot"),
        ("The doctors of the Doctors' Plot were not set free before April 1953.", None),
        ("The doctors of the Doctors' Plot were not set free before February 1953.", None),
        ("Instead of being shot, Molotov was sent to China as ambassador after the coup of 1957.", "molotov_mongolia"),
        ("In the amnesty of March 1953 about twelve million prisoners were set free.", "amnesty_size"),
        ("In February 1955 the post of prime minister went to Mikoyan.", "soviet_premiers"),
        ("Alexei Bulganin took over from Malenkov in February 1955.", "first_names"),
        ("The Austrian State Treaty from May 1957 made the country neutral.", "austrian_treaty"),
    ],
)
def test_ways_of_saying_when_and_who(topic: Topic, text: str, fact_id: str | None) -> None:
    found = slips(topic, text)
    assert fact_id in found if fact_id else not found


@pytest.mark.parametrize(
    "text",
    [
        "Bierut, the Polish Stalinist, had attended the XX. Congress and died in Moscow in March 1956.",
        "German Titov flew in August 1961, four months after Gagarin.",
        '"Khrushchev fell in 1963", writes one writer; the plot took place in October 1964.',
        "A friend of mine is convinced that Gagarin flew in 1959.",
        "In 1961 Foreign Minister Gromyko met Kennedy in Washington.",
        "The harvest fell from 140 million tonnes in 1962 to 107 million tonnes in 1963.",
        "Khrushchev replaced the Minister of Defence in October 1957.",
        "Brezhnev and the head of the KGB agreed on the plot in 1964.",
    ],
)
def test_others_have_deeds_and_dates_of_their_own(topic: Topic, text: str) -> None:
    assert not slips(topic, text)
