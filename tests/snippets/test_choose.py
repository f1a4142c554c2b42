from bot.model import Claim, Kind, Level, Snippet, Support
from bot.snippets import choose


def snippet(text, *, score=3.0, kind=Kind.BENEFIT, at=0, topic="", **more):
    return Snippet(text, kind, score, (), (at, at + len(text)), topic=topic or text, **more)


def test_the_best_come_first_and_no_more_than_asked_for():
    snippets = [snippet("Warmth softens tired legs.", score=2), snippet("Steam clears the heavy head.", score=4)]
    assert [one.score for one in choose(snippets, 5)] == [4, 2]
    assert [one.score for one in choose(snippets, 1)] == [4]
    assert choose(snippets, 0) == []


def test_other_kinds_weak_ones_and_open_ends_are_not_posted():
    assert not choose([snippet("Sauna was founded in Finland.", kind=Kind.HISTORY)], 5)
    assert not choose([snippet("Sauna may be somewhat warm.", score=0.7)], 5)
    for text in ("It reduces chronic tension.", "Does sauna reduce tension?", "Sauna reduces:", "Warmth"):
        assert not choose([snippet(text)], 5)


def test_two_that_say_the_same_are_one():
    twins = [snippet("Sauna reduces muscle tension.", at=0), snippet("A sauna reduced muscle tension.", at=50)]
    assert [one.span[0] for one in choose(twins, 5)] == [0]


def test_topics_take_turns():
    snippets = [
        snippet("Sauna melts tense shoulders away.", score=3.2, topic="tension"),
        snippet("Warmth loosens stubborn knots.", score=3.1, topic="tension"),
        snippet("Nights become long and quiet.", score=3.0, topic="sleep"),
    ]
    assert [one.topic for one in choose(snippets, 3)] == ["tension", "sleep", "tension"]


def test_a_flagged_support_is_dropped():
    flagged = Support("It strengthens the immune system.", (40, 70))
    assert choose([snippet("Sauna warms the whole body.", support=flagged)], 1)[0].support is None


def test_words_that_need_no_second_look_go_first():
    claim = Claim(Level.REVIEW, "detox", "toxins", "why", "source")
    snippets = [
        snippet("Sauna flushes toxins out.", score=3.2, claims=(claim,)),
        snippet("Warmth softens tired legs.", score=3.0, at=50),
    ]
    assert [one.risk for one in choose(snippets, 2)] == [False, True]


def test_an_item_that_cannot_be_joined_to_its_hedged_lead_in_is_not_posted():
    lead = Support("Others suggest it can also:", (0, 27))
    assert not choose([snippet("Cure some skin conditions", lead=lead)], 1)


def test_a_crowd_of_cautions_silences_a_lone_benefit():
    cautions = [snippet(f"Not for case {n}.", kind=Kind.CONTRAINDICATION) for n in range(8)]
    assert not choose([*cautions, snippet("Sauna warms the whole body.")], 5)
