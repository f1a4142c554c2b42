"""What is wrong in a TOML text that people write."""

import pytest
from pydantic import Field

from bot.errors import Problems
from bot.mistakes import Table, check, did_you_mean, lines_of, toml_of


class Room(Table):
    name: str
    seats: int = 1
    tags: list[str] = Field(default=[])


class House(Table):
    street: str
    rooms: list[Room] = Field(default=[])
    named: dict[str, Room] = Field(default={})
    garden: Room | None = None


def problems(text, above=0):
    with pytest.raises(Problems) as caught:
        check(House, toml_of(text, "house.toml", above=above), text, "house.toml", above=above)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = 1\nb = "open', "house.toml:2: this is not TOML: "),
        ("a = 1\na = 2\n", "house.toml:2: this is not TOML: "),
        ("\n\n[rooms\n", "house.toml:3: this is not TOML: "),
        ('a = """\nnever closed', "house.toml:2: this is not TOML: "),
        ("a = " + "9" * 5000, "house.toml: this is not TOML: "),
        ("a = " + "[" * 5000, "house.toml: this is not TOML: "),
    ],
)
def test_a_text_that_is_not_toml_names_its_line(text, line):
    with pytest.raises(Problems) as caught:
        toml_of(text, "house.toml")
    assert str(caught.value).startswith(line)
    assert "(at" not in str(caught.value)


def test_every_mistake_is_told_at_once_with_its_line():
    text = """\
stret = "Main"
[[rooms]]
name = "hall"
seats = "two"
[[rooms]]
seats = 3
tags = ["a", 5]
[named."living room"]
name = "living"
saets = 2
[garden]
name = true
"""
    assert problems(text) == [
        "house.toml: street is missing",
        'house.toml:1: "stret" is not known (did you mean "street"?)',
        'house.toml:4: rooms.seats must be a whole number, not "two"',
        "house.toml:5: rooms.name is missing",
        "house.toml:7: rooms.tags must be text in quotes, not 5",
        'house.toml:10: "saets" is not known in [named.living room] (did you mean "seats"?)',
        "house.toml:12: garden.name must be text in quotes, not true",
    ]


def test_lines_are_those_of_the_file_when_the_text_starts_below_others():
    assert problems("street = 1\n", above=4) == ["house.toml:5: street must be text in quotes, not 1"]


def test_a_key_of_the_top_that_slipped_into_a_table_is_told_where_it_belongs():
    told = problems('[garden]\nname = "green"\nstreet = "Main"\n')
    assert 'house.toml:3: "street" is not known in [garden]: move it above the first [table]' in told


def test_a_key_like_no_other_lists_the_known_ones():
    assert problems('street = "a"\nzzz = 1\n') == [
        'house.toml:2: "zzz" is not known (known: street, rooms, named, garden)'
    ]


def test_words_inside_long_strings_are_not_keys():
    text = "a = \"\"\"\nb = 1\n[c]\n\"\"\"\nd = '''x'''\ne = 1\n"
    assert lines_of(text) == {("a",): 1, ("d",): 5, ("e",): 6}


def test_dotted_quoted_and_indented_keys_have_lines():
    text = '  a.b = 1\n["x.y".z]\n\t"k k" = 1\n[[p.q]]\n[[p.q]]\nr = 2\n'
    assert lines_of(text) == {
        ("a", "b"): 1,
        ("x.y", "z"): 2,
        ("x.y", "z", "k k"): 3,
        ("p", "q", 0): 4,
        ("p", "q", 1): 5,
        ("p", "q", 1, "r"): 6,
    }


def test_a_hint_is_the_nearest_word_or_all_of_them():
    assert did_you_mean("Fead", ["feed", "studio-x"]) == ' (did you mean "feed"?)'
    assert did_you_mean("zzz", ["feed", "studio-x"]) == " (known: feed, studio-x)"
    assert did_you_mean("zzz", []) == ""
