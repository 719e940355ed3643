"""Every way in which a TOML text can be wrong is one finding, at its place, that says what to write instead."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.source.document import SourceFile
from scorewright.source.lexical import newer_form, token_end
from scorewright.source.toml import _split_error, parse


def fault(text: str) -> tuple[str, str, str, str]:
    """Give code, what the caret is under, message and help of the one finding."""
    data, findings = parse(SourceFile("spec.toml", Path("spec.toml"), text))
    assert data is None
    (finding,) = findings
    assert finding.file == "spec.toml"
    assert finding.offset is not None
    marked = text[finding.offset : token_end(text, finding.offset)]
    return finding.rule.code, marked, finding.message, finding.help


@pytest.mark.parametrize(
    ("text", "marked", "message", "help_text"),
    [
        # values without their quotes
        ("a = Contact form # x", "Contact", "a text needs quotes", 'write "Contact form"'),
        ("a = [x, y]", "x", "a text needs quotes", 'write "x"'),
        ("a = { b = any-page }", "any-page", "a text needs quotes", 'write "any-page"'),
        ("a = truest", "truest", "a text needs quotes", 'write "truest"'),
        ("a = infinite", "infinite", "a text needs quotes", 'write "infinite"'),
        ("a = /pricing", "/pricing", "a text needs quotes", 'write "/pricing"'),
        ("a = 30d", "30d", "a duration needs quotes", 'write "30d"'),
        ("a = { per = 30d }", "30d", "a duration needs quotes", 'write "30d"'),
        ("a = 30 days", "30", "a duration needs quotes", 'write "30d"'),
        ("a = 15min", "15min", "a duration needs quotes", 'write "15min"'),
        ("a = 6m", "6m", "the language has no months", 'write "180d", or "calendar month" for a window'),
        ("a = 8:00", "8:00", "8:00 is not a value of TOML", 'put an hour of the clock in quotes: "08:00"'),
        ("a = “x”", "“x”", "the typographic quote “ does not open a text", "straight quotes"),
        ('a = ["x", ‘y’]', "‘y’", "the typographic quote ‘ does not open a text", "straight quotes"),
        # numbers, dates and switches of other formats
        ("a = 05", "05", "the number 05 begins with a zero", "write 5"),
        ("a = [1, -07]", "-07", "the number -07 begins with a zero", "write -7"),
        ("a = 50%", "50%", "a percentage is written without its sign", "write 50"),
        ("a = 1.000.000", "1.000.000", "1.000.000 is not a whole number", "write 1000000"),
        ("a = 1 000", "1", "1 000 is not a whole number", "write 1000"),
        ("a = .5", ".5", ".5 is neither a number nor a text", 'in quotes: ".5"'),
        ("a = 2026-05", "2026-05", "2026-05 is not a date of TOML", "2026-05-01"),
        ("a = 01/05/2026", "01/05/2026", "01/05/2026 is not a date of TOML", "2026-05-01"),
        ("a = 2026-02-30", "2026-02-30", "2026-02-30 is not a day of the calendar", "correct the month"),
        ("a = True", "True", "True is not a value of TOML", "write true, in small letters"),
        ("a = no", "no", "no is not a value of TOML", "write false, in small letters"),
        ("a = null", "null", "TOML has no empty value", "leave the key out"),
        # strings
        ('a = "abc\nb = 1', '"', "the text is not closed", "close it with the quote"),
        ("a = 'abc\nb = 1", "'", "the text is not closed", "close it with the quote"),
        ('a = """abc\n', '""', "the text is not closed", "close it with the quote"),
        ("a = 'It's'", "'s'", "the text ends at this ', and more follows", 'put the whole text in "..."'),
        ('a = "the "best" one"', '"best"', 'the text ends at this ", and more follows', "in '...'"),
        ('a = "C:\\web"', "\\web", "a backslash in double quotes begins an escape", "single quotes"),
        ('a = "C:\\Users"', "\\Users", "this escape names no character", "\\u and four hex digits"),
        # keys and headers
        ("règle = 1", "ègle", "a key without quotes cannot hold è", "a to z, 0 to 9 and hyphens"),
        ("[rules.été]", "été", "a key without quotes cannot hold é", "a to z, 0 to 9 and hyphens"),
        ("a = { règle = 1 }", "ègle", "a key without quotes cannot hold è", "a to z, 0 to 9 and hyphens"),
        (
            "my key = 1",
            "key",
            "= is missing behind the key, or the key has a space in it",
            "a hyphen for a space",
        ),
        ("a 1", "1", "= is missing behind the key, or the key has a space in it", "put = between"),
        ("a: 1", ":", "a key and its value are parted by = and not by :", "write key = value"),
        ("a == 1", "=", "one = is enough", "write key = value"),
        ("a =", "=", "the key has no value", "write the value behind ="),
        ("a", "a", "a key stands here without = and a value", "write key = value"),
        ("= 1", "=", "the key before = is missing", "write key = value"),
        ("[]", "]", "the header has no name", "[table.id]"),
        ("[rules.a", "a", "the table header is not closed", "close it with ]"),
        ("[rules.a b]", "b", "a table header holds one name with dots", "a hyphen for a space"),
        ("[[rules.a]", "]", "[[ is closed by one ] only", "[table.id]"),
        # brackets, commas, what follows a value
        ('a = ["x",\nb = 1', '["x",', "the array is not closed", "close it with ]"),
        ('a = ["x"\n\n[t]', '["x"', "the array is not closed", "close it with ]"),
        ("a = [", "[", "the array is not closed", "close it with ]"),
        ("a = { x = 1", "{ x = 1", "the inline table is not closed", "close it with }"),
        ('a = ["x" "y"]', '"y"', "a comma is missing in the array, or its ]", "write , between"),
        ("a = { x = 1 y = 2 }", "y", "a comma is missing in the inline table, or its }", "write , between"),
        ("a = { x = 1; y = 2 }", ";", "items are parted by commas", "write , for ;"),
        ("a = [1,,2]", ",", "a value is missing before ,", "delete the comma"),
        ("a = 1,", ",", "no , stands at the end of a line", "delete it"),
        ("a = 1;", ";", "no ; stands at the end of a line", "delete it"),
        ("a = 1 b = 2", "b", "something follows the value on its line", "begin a new line"),
        ("[t] a = 1", "a", "something follows the value on its line", "begin a new line"),
        # other formats and leftovers
        ("a = 1 // x", "//", "this is not how a comment begins", "begin a comment with #"),
        ("// x", "//", "this is not how a comment begins", "begin a comment with #"),
        ("- item", "-", "TOML has no list items with a hyphen", "write an array"),
        ('{ "a": 1 }', '{ "a": 1 }', "this looks like JSON", "write key = value"),
        ("<<<<<<< HEAD\na = 1", "<<<<<<<", "a merge conflict was left in the file", "resolve the conflict"),
        ("a = 1\n=======\n", "=", "a merge conflict was left in the file", "resolve the conflict"),
        ("/x = 1", "/x", "not valid TOML: invalid statement", "a line is key = value"),
    ],
)
def test_a_common_mistake_is_explained(text, marked, message, help_text):
    code, under, said, taught = fault(text)
    assert code == "SW010"
    assert under.startswith(marked)
    assert message in said
    assert help_text in taught


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("a = 1\na = 2", "a", "a is written twice; first on line 1"),
        ("a = [\n1]\n\nb = 1\na = [\n2]", "a", "a is written twice; first on line 1"),
        ("[t]\na = { x = 1, x = 2 }", "x", "t.a.x is written twice; first on line 2"),
        ("[t]\nx = 1\n[u]\n[ t ] # again\n", "[ t ]", "the table [ t ] is declared twice; first on line 1"),
        ("[t]\nx = 1\n[t.x]\n", "[t.x]", "[t.x] declares again what is a value or a finished table above"),
        ("a = { x = 1 }\na.y = 2", "y", "a.y adds to a table that is already complete"),
        ("t.a = 1\n[t]\n", "[t]", "[t] declares again"),
        ("a = [1]\n[[a]]", "[[a]]", "[[a]] declares again"),
    ],
)
def test_what_is_written_twice_names_the_first_place(text, marked, message):
    code, under, said, _ = fault(text)
    assert code == "SW011"
    assert under == marked
    assert message in said


@pytest.mark.parametrize(
    ("text", "marked", "message", "help_text"),
    [
        ("a = {\n x = 1\n}", "", "an inline table must open and close on one line", "close it with }"),
        ("a = { x = 1, # c\n y = 2 }", "", "an inline table must open and close on one line", "close it"),
        ("limit = { times = 1\nper = 2", "", "an inline table must open and close on one line", "close it"),
        ("a = { x = 1, }", ",", "an inline table cannot end with a comma", "delete the comma"),
        ("a = [{ x = [1,], }]", ",", "an inline table cannot end with a comma", "delete the comma"),
        ('a = "x \\e"', "\\e", "the escapes \\e and \\x are not TOML 1.0", "\\u and four hex digits"),
        ('a = """\n\\x41"""', "\\x41", "the escapes \\e and \\x are not TOML 1.0", "\\u and four hex digits"),
        ("a = 08:00", "08:00", "the time 08:00 has no seconds", 'in quotes: "08:00"'),
        ("a = { at = [08:00, 09:00] }", "08:00", "the time 08:00 has no seconds", 'in quotes: "08:00"'),
        ("a = 2026-05-01T10:00", "2026-05-01T10:00", "has no seconds", "write 2026-05-01T10:00:00"),
        ("a = 2026-05-01 10:00+02:00", "2026-05-01 10:00+02:00", "no seconds", "2026-05-01 10:00:00+02:00"),
    ],
)
def test_forms_of_toml_1_1_are_refused_on_every_python(text, marked, message, help_text):
    code, under, said, taught = fault(text)
    assert code == "SW012"
    assert under.startswith(marked)
    assert message in said
    assert help_text in taught


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a = {\n}", "lines"),
        ("a = { x = [\n1], # c\n}", "lines"),
        ("a = { x = 1 , }", "comma"),
        ('a = "\\\\e \\e"', "escape"),
        ("a = 10:00", "seconds"),
        ("a = 2026-01-01t10:00Z", "seconds"),
    ],
)
def test_newer_forms_are_found_where_a_parser_accepts_them(text, kind):
    found = newer_form(text)
    assert found is not None
    assert found[1] == kind


@pytest.mark.parametrize(
    "text",
    [
        "a = [\n { x = 1 },\n { y = [\n1,\n] },\n]",
        "a = [1, 2,]",
        '"10:00" = 1',
        "a = 'C:\\exe'",
        'a = "\\\\e {" # {, } 10:00',
        'a = """\n{\n10:00\n"""',
        "a = 10:00:00.5\nb = 2026-01-01 10:00:00-05:30",
    ],
)
def test_toml_1_0_has_no_newer_form(text):
    tomllib.loads(text)
    assert newer_form(text) is None


def test_depth_is_bounded_and_the_bound_itself_is_fine():
    arrays = "[" * 59 + "]" * 59
    assert parse(SourceFile("f", Path("f"), f"a = {arrays}"))[1] == ()
    for text in (
        f"a = [{arrays}]\nb = [[{arrays}]]",
        "a = " + "[" * 5000 + "]" * 5000,
        "a = " + "{ a = " * 400 + "1" + " }" * 400,
        ".".join("a" * 70) + " = 1",
        "[" + ".".join(['"a"'] * 70) + "]",
        "x = 1\n[" + ".".join("a" * 40) + "]\n" + ".".join("b" * 40) + " = 1",
    ):
        code, _, message, _ = fault(text)
        assert code == "SW013"
        assert message == "tables and arrays are nested more than 60 deep here"


def test_the_place_of_a_nesting_is_where_it_passes_the_bound():
    assert fault("a = " + "[" * 100 + "]" * 100)[1].startswith("[")
    text = "ok = 1\n[t]\n" + ".".join("a" * 70) + " = 1"
    _, findings = parse(SourceFile("f", Path("f"), text))
    assert findings[0].offset == text.index("a.a")


def test_a_text_or_a_comment_with_many_dots_is_no_key():
    dotted = ".".join("a" * 200)
    text = f"# {dotted}\na = \"{dotted}\"\nb = ['{dotted}', '''\n{dotted}''']\n"
    assert parse(SourceFile("f", Path("f"), text)) == (tomllib.loads(text), ())
    long_key = f"{text}{'.'.join('b' * 70)} = 1"
    assert fault(long_key)[0] == "SW013"


@pytest.mark.parametrize("digits", ["9" * 5000, "0x" + "f" * 5000, "-" + "1_0" * 3000])
def test_an_integer_that_python_cannot_print_is_a_finding(digits):
    code, marked, message, _ = fault(f'# {"7" * 6000}\nb = "{"8" * 6000}"\na = [1, {digits}]')
    assert code == "SW014"
    assert marked == digits.lstrip("-")
    assert message == "this integer has too many digits"


def test_other_numbers_are_the_schemas_to_judge():
    text = f"a = {'9' * 300}\nb = inf\nc = -nan\nd = 1e999\ne = 0xFFFFFFFFFFFFFFFF\nf = '{'0x' + 'f' * 2000}'"
    data, findings = parse(SourceFile("f", Path("f"), text))
    assert findings == ()
    assert data is not None
    assert data["a"] == int("9" * 300)


@pytest.mark.parametrize(
    ("escape", "name"),
    [
        ("\\u202e", "U+202E"),
        ("\\U00000007", "U+0007"),
        ("\\r", "U+000D"),
        ("\\b", "U+0008"),
        ("\\u200F", "U+200F"),
    ],
)
def test_an_escape_cannot_smuggle_a_hidden_character_in(escape, name):
    code, marked, message, _ = fault(f'a = ["fine\\n\\t\\u00e9", "x{escape}y"]')
    assert code == "SW006"
    assert marked.startswith(escape)
    assert name in message


def test_an_escape_that_is_none_hides_nothing():
    text = "a = 'C:\\reports\\u202e'\nb = \"C:\\\\reports\\\\u202e\" # \\u202e"
    assert parse(SourceFile("f", Path("f"), text)) == (tomllib.loads(text), ())


def test_the_position_is_taken_from_attributes_or_from_the_message():
    class NewerError(ValueError):
        msg, pos = "Invalid value", 7

    assert _split_error("a = 1\nb = x", NewerError("Invalid value (at line 2, column 5)")) == (
        "Invalid value",
        7,
    )
    assert _split_error("a", NewerError("past the end"))[1] == 1
    older = ValueError("Invalid value (at line 2, column 5)")
    assert _split_error("a = 1\nb = x", older) == ("Invalid value", 10)
    at_end = ValueError("Unclosed array (at end of document)")
    assert _split_error("a = [", at_end) == ("Unclosed array", 5)


WORDS = """a b . = 1 08:00 " ' \"\"\" ''' [ ] [[ ]] { } , # \\ \\u12 “ é true 2026-05-01 30d ; : - + inf <<<<<<<"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\t", " = "])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_broken_texts_are_one_finding_inside_the_text(text):
    file = SourceFile("f", Path("f"), text)
    data, findings = parse(file)
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        expected = None
    if findings:
        assert data is None
        assert all(each.offset is not None and 0 <= each.offset <= len(text) for each in findings)
        assert all(each.message and each.help for each in findings)
    else:
        assert data == expected
