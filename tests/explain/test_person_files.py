"""A person's file: both forms say the same, and whatever is wrong is a message with a place and an advice."""

from __future__ import annotations

import json
import random

import pytest

from scorewright.explain.person.read import read_person
from scorewright.explain.person.tell import MOST_EVENTS
from scorewright.explain.trace import trace
from scorewright.explain.trace_text import trace_text
from scorewright.model.history import FieldSet, Happening, Listed
from tests.docs.person_files import CSV_EXAMPLE, JSON_EXAMPLE
from tests.explain.school import model_in


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return model_in(tmp_path_factory.mktemp("school"))


@pytest.fixture
def read(tmp_path, model):
    def call(said, name="person.json"):
        text = said if isinstance(said, (str, bytes)) else json.dumps(said, ensure_ascii=False)
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return read_person(path, model, tmp_path)

    return call


def event(read, *, errors=False, **said):
    found = read({"created": "2026-01-05", "events": [{"at": "2026-01-06T10:00", **said}]})
    if errors:
        assert found.person is None
        return [(item.code, item.message, item.help) for item in found.diagnostics]
    assert found.diagnostics == ()
    return found.person.history


def at(text):
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris")).timestamp())


TIME = at("2026-01-06T10:00")


def test_the_two_forms_of_the_page_say_the_same(read):
    one, other = read(JSON_EXAMPLE), read(CSV_EXAMPLE, "person.csv")
    assert (one.diagnostics, other.diagnostics) == ((), ())
    assert one.person == other.person
    assert len(one.person.history) == 4 + 1 + 1 + 2


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_quotes_and_line_ends(read, separator):
    text = CSV_EXAMPLE.replace(",", separator).replace("\n", "\r\n").replace("Newsletter 3", '"Newsletter 3"')
    text = "# exported\r\n\r\n" + text + "\r\n\r\n"
    assert read(text.encode("utf-8-sig"), "person.csv").person == read(CSV_EXAMPLE, "person.csv").person


def test_quotes_hold_separators_and_quotes(read):
    text = 'at,event,what,value\n2026-01-05,created\n2026-01-06,sets,company,"Alpha, ""Beta"" & Co"\n'
    assert read(text, "p.csv").person.history == (
        FieldSet(at("2026-01-06"), "company", 'Alpha, "Beta" & Co'),
    )


def test_times_are_local_unless_they_carry_an_offset(read):
    for written in ("2026-01-06T10:00", "2026-01-06 10:00:00", "2026-01-06T09:00Z", "2026-01-06T10:00+01:00"):
        found = read({"created": "2026-01-05", "events": [{"at": written, "visits": "/x"}]})
        assert found.person.history[0].at == TIME, written


# --- what a name stands for -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "what", "name"),
    [
        ({"visits": "pricing"}, "pricing", None),
        ({"visits": "/pricing"}, "pricing", "/pricing"),
        (
            {"visits": "https://www.school.example/tarifs/?a=1"},
            "pricing",
            "https://www.school.example/tarifs/?a=1",
        ),
        ({"visits": "/elsewhere"}, "any-page", "/elsewhere"),
        ({"visits": "any-page", "name": "/elsewhere"}, "any-page", "/elsewhere"),
        ({"submits": "contact us"}, "contact", "contact us"),
        ({"submits": "WEB Contact us"}, "contact", None),
        ({"submits": "Thank you"}, "thanks", "Thank you"),
        ({"submits": "Brochure A"}, "brochures", "Brochure A"),
        ({"submits": "Brochure B"}, "any-form", "Brochure B"),
        ({"submits": "any-form", "name": "Newsletter"}, "any-form", "Newsletter"),
        ({"attends": "Open day"}, "open-day", "Open day"),
        ({"joins": "reactivated", "with": {"status": "New"}}, "reactivated", None),
        ({"does": "Trial start", "with": {"seats": 3}}, "trial-start", None),
        ({"bounces": "hard"}, "hard", None),
        ({"opportunity": "won", "with": {"amount": 5000}}, "won", None),
        ({"starts_visit": True}, "", None),
    ],
)
def test_names(read, said, what, name):
    (happening,) = event(read, **said)
    verb = next(key for key in said if key not in {"with", "name"})
    assert happening == Happening(TIME, verb, what, said.get("with", {}), name)


def test_fields_lists_scores_and_marks(read):
    found = read(
        {
            "created": "2026-01-05",
            "fields": {"Job title": "CEO", "interests": ["a", "b"], "newsletter": False, "employees": 5.0},
            "scores": {"lead": 5, "interest@mba": -3},
            "marks": ["Ready for sales"],
            "events": [
                {
                    "at": "2026-01-06T10:00",
                    "sets": {"newsletter": True, "assigned_to": "A", "crm_record": "lead"},
                },
                {"at": "2026-01-06T10:00", "sets": "company", "to": None},
                {"at": "2026-01-06T10:00", "list": "Visitors"},
                {"at": "2026-01-06T10:00", "list": "visitors", "on": False},
            ],
        }
    )
    assert found.diagnostics == ()
    person = found.person
    assert person.fields == {"job-title": "CEO", "interests": ("a", "b"), "newsletter": False, "employees": 5}
    assert (person.scores, person.marks) == ({"lead": 5, "interest@mba": -3}, {"ready"})
    assert person.history == (
        FieldSet(TIME, "newsletter", True),
        FieldSet(TIME, "assigned_to", "A"),
        FieldSet(TIME, "crm_record", "lead"),
        FieldSet(TIME, "company", None),
        Listed(TIME, "visitors", True),
        Listed(TIME, "visitors", False),
    )


def test_the_same_in_csv(read):
    rows = """\
at,event,what,value,seats,valuable
2026-01-05,created
,field,interests,a; b
,field,newsletter,no
,score,lead,5
,mark,Ready for sales
2026-01-06T10:00,sets,employees,1 500
2026-01-06T10:00,list,Visitors,yes
2026-01-06T10:00,starts_visit
2026-01-06T10:00,does,trial-start,,3,yes
"""
    found = read(rows, "p.csv")
    assert found.diagnostics == ()
    assert found.person.fields == {"interests": ("a", "b"), "newsletter": False}
    assert (found.person.scores, found.person.marks) == ({"lead": 5}, {"ready"})
    assert found.person.history == (
        FieldSet(TIME, "employees", 1500),
        Listed(TIME, "visitors", True),
        Happening(TIME, "starts_visit"),
        Happening(TIME, "does", "trial-start", {"seats": 3, "valuable": True}),
    )


# --- mistakes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "code", "message", "help"),
    [
        ({"visit": "/x"}, "SW732", 'the key "visit" stands for nothing', 'did you mean "visits"?'),
        ({"visits": "/x", "where": {}}, "SW732", 'the key "where"', "write with"),
        (
            {"visits": "/x", "submits": "contact"},
            "SW731",
            "cannot be visits and submits at once",
            "two events",
        ),
        ({}, "SW733", "does not say what happened", "one key says it"),
        ({"visits": 3}, "SW735", "needs the name", "for example pricing"),
        ({"visits": ["a"]}, "SW735", "needs the name", "for example"),
        ({"visits": "pricing", "times": 0}, "SW735", "0 times", "from 1 to"),
        ({"visits": "pricing", "times": "4"}, "SW735", "'4' times", "from 1 to"),
        ({"visits": "pricing", "times": 1e18}, "SW735", "times", "from 1 to"),
        ({"visits": "pricing", "name": 3}, "SW735", "name: 3 is no name", "write a text"),
        ({"visits": "pricing", "known": "2026-01-01"}, "SW735", "known before it happened", "later"),
        (
            {"visits": "pricing", "with": {"second": 3}},
            "SW734",
            "no property of visits 'second'",
            '"seconds"?',
        ),
        (
            {"visits": "pricing", "with": {"seconds": "3"}},
            "SW735",
            "'3' is no seconds (number)",
            "without quotes",
        ),
        ({"visits": "pricing", "with": 3}, "SW731", "an object must stand here", '"with": {'),
        (
            {"visits": "contact"},
            "SW735",
            "'contact' is a form, and visits goes with pages",
            "for example pricing",
        ),
        ({"clicks": "Offer"}, "SW734", "the name of several: offer, offer-link", "the id of the one"),
        ({"changes": "company"}, "SW735", "a field changes when it is set", '"sets"'),
        ({"starts_visit": "yes"}, "SW735", "takes nothing", "write true"),
        ({"bounces": "heavy"}, "SW735", "cannot be 'heavy'", "hard, soft, any"),
        ({"sets": "company"}, "SW733", "to which value?", '"sets": {'),
        ({"sets": {"account-typ": 1}}, "SW734", "no field 'account-typ'", 'did you mean "account-type"?'),
        ({"sets": {"created": "2026-01-01"}}, "SW735", "creation is no field", "created of the person"),
        ({"sets": {"next-visit": "soon"}}, "SW735", "'soon' is no value of next-visit (date)", "2026-05-01"),
        ({"sets": {"newsletter": "yes"}}, "SW735", "no value of newsletter (yes_no)", "true or false"),
        ({"sets": {"employees": 2.5}}, "SW735", "2.5 is no value of employees (number)", "whole number"),
        ({"sets": {"interests": [1]}}, "SW735", "an array is no value of interests", "an array of texts"),
        ({"sets": {"phone": 123}}, "SW735", "123 is no value of phone (text)", "in quotes"),
        ({"sets": {"crm_record": "lad"}}, "SW735", "'lad' cannot stand here", "lead or contact"),
        ({"sets": {"assigned_to": {}}}, "SW735", "an object cannot stand here", "owns the record"),
        ({"list": "Visitor"}, "SW734", "there is no list 'Visitor'", 'did you mean "visitors"?'),
        ({"list": "visitors", "on": "yes"}, "SW735", "says neither on nor off", "true or false"),
    ],
)
def test_a_mistake_in_an_event(read, said, code, message, help):
    found = event(read, errors=True, **said)
    assert len(found) == 1, found
    assert found[0][0] == code
    assert found[0][1].startswith("events[0]")
    assert message in found[0][1]
    assert help in found[0][2]


@pytest.mark.parametrize(
    ("said", "code", "message"),
    [
        ({"events": []}, "SW733", "created is missing"),
        ({"created": 2026}, "SW735", "created: created is no time: 2026"),
        ({"created": "1820-01-01"}, "SW735", "the year 1820 is out of reach"),
        ({"created": "9999-12-31T23:59:59+14:00"}, "SW735", "the year 9999"),
        ([], "SW731", "the file is an array"),
        ("3", "SW731", "the file is no object"),
        ({"created": "2026-01-05", "events": {}}, "SW731", "events: an array must stand here"),
        ({"created": "2026-01-05", "events": [3]}, "SW731", "events[0]: an event is an object"),
        ({"created": "2026-01-05", "fields": []}, "SW731", "fields: an object must stand here"),
        ({"created": "2026-01-05", "marks": [3]}, "SW734", "marks[0]: there is no mark '3'"),
        ({"created": "2026-01-05", "scores": {"lead": 2**40}}, "SW735", "is no score"),
        ({"created": "2026-01-05", "scores": {"lead": None}}, "SW735", "null is no score"),
        ({"created": "2026-01-05", "scores": {"person": 3}}, "SW735", "person is computed"),
        ({"created": "2026-01-05", "scores": {"interest": 3}}, "SW734", "there is no score 'interest'"),
        (
            '{"created": "2026-01-05", "created": "2026-01-06"}',
            "SW732",
            'the key "created" stands here twice',
        ),
        ('{"created": "2026-01-05"', "SW731", "} is missing: the file ends here"),
        ('{"created": "2026-01-05",}', "SW731", "a comma before the closing bracket"),
        ('{"created": NaN}', "SW731", "NaN is no value of JSON"),
        ('{"created": -Infinity}', "SW731", "-Infinity is no value of JSON"),
        ('{"created": True}', "SW731", "True is no value of JSON"),
        ("{'created': 1}", "SW731", "a key in double quotes"),
        ('{"created": "2026', "SW731", "this text has no end on its line"),
        ('{"created": "\\x"}', "SW731", "a backslash that stands for nothing"),
        ('{"created": "\\ud800"}', "SW731", "half a character"),
        ('{"created": 1e999999999}', "SW735", "created is no time"),
        (f'{{"created": {"9" * 5000}}}', "SW731", "is too long"),
        ("[" * 5000, "SW731", "too deeply"),
        ('{"created": "2026-01-05"} {}', "SW731", "goes on behind the end"),
        ("", "SW731", "the file is empty"),
        (" \n\t\n", "SW731", "the file is empty"),
        (b"\xff\xfe{\x00}\x00", "SW004", "UTF-16"),
        (b'{"created": "\xe9"}', "SW004", "is not UTF-8"),
        (b'{"created": "a\x00"}', "SW006", "cannot be seen"),
    ],
)
def test_a_mistake_in_the_file(read, said, code, message):
    found = read(said)
    assert found.person is None
    assert [item.code for item in found.diagnostics if item.severity == "error"] == [code]
    assert message in found.diagnostics[0].message
    assert found.diagnostics[0].place.file == "person.json"


@pytest.mark.parametrize(
    ("rows", "code", "message"),
    [
        ("at,event\n", "SW731", "no column what"),
        ("Date,Activity\n2026-01-05,created", "SW731", "no column at, event, what"),
        ("at,event,what,what\n", "SW732", "two columns are called 'what'"),
        ("at,event,what,valeu\n2026-01-05,created", "SW732", "the column 'valeu' stands for nothing"),
        ("at,event,what\n", "SW733", "no row says when the person was created"),
        ("at,event,what\n2026-01-05,created\n2026-01-05,created", "SW732", "created already"),
        ("at,event,what\n2026-01-05,created\n,visits,/x", "SW733", "does not say when"),
        ("at,event,what\n2026-01-05,created\n2026-01-06,,/x", "SW733", "does not say what happened"),
        ("at,event,what\n2026-01-05,created\n2026-01-06,visited,/x", "SW734", "there is no event 'visited'"),
        ("at,event,what\n2026-01-05,created\n2026-01-06,visits,/x,3", "SW731", "more cells than"),
        ('at,event,what\n2026-01-05,created\n2026-01-06,visits,"/x', "SW731", "this quote has no end"),
        ('at,event,what\n2026-01-05,created\n2026-01-06,visits,"/x"y', "SW731", "behind the end of a quote"),
        ("at,event,what,value\n2026-01-05,created\n,field,employees,many", "SW735", "'many' is no value"),
        ("at,event,what,times\n2026-01-05,created\n2026-01-06,visits,/x,-1", "SW735", "'-1' times"),
        ("\x00", "SW006", "cannot be seen"),
        ("Hello, world!", "SW731", "no column at, event, what"),
    ],
)
def test_a_mistake_in_csv(read, rows, code, message):
    found = read(rows, "person.csv")
    assert found.person is None
    assert [item.code for item in found.diagnostics] == [code]
    assert message in found.diagnostics[0].message


def test_the_place_is_the_line_and_the_value(read):
    found = read('{"created": "2026-01-05",\n "events": [\n  {"at": "2026-01-06", "submits": "Contct us"}]}')
    (item,) = found.diagnostics
    assert (item.place.line, item.place.column, item.place.end_column) == (3, 35, 46)
    found = read("at,event,what\n2026-01-05,created\n\n2026-01-06,submits,Contct us\n", "p.csv")
    assert (found.diagnostics[0].place.line, found.diagnostics[0].place.column) == (4, 20)


def test_a_value_that_the_spec_does_not_list_is_a_warning(read):
    found = read({"created": "2026-01-05", "fields": {"account-type": "Custmer"}})
    assert found.person.fields == {"account-type": "Custmer"}
    assert [(item.code, item.severity, item.help) for item in found.diagnostics] == [
        ("SW736", "warning", 'did you mean "Customer"?')
    ]


def test_too_much_is_said_once(read):
    events = [{"at": "2026-01-06", "visits": "/x", "times": MOST_EVENTS} for _ in range(5)]
    found = read({"created": "2026-01-05", "events": events})
    assert [item.message for item in found.diagnostics] == [
        f"events[1].visits: more than {MOST_EVENTS:,} events"
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "is a folder"),
        ("none.json", "there is no file none.json"),
        ("large.json", "at most 4 MiB are read"),
        ("x" * 400, "cannot be read"),
    ],
)
def test_folders_missing_files_and_large_ones(tmp_path, model, name, message):
    (tmp_path / "large.json").write_bytes(b" " * (5 * 1024 * 1024))
    found = read_person(tmp_path / name, model, tmp_path)
    assert found.person is None
    assert [message in item.message for item in found.diagnostics] == [True]


# --- files that nobody would write ----------------------------------------------------------------------------------

ODD = (
    "", " ", "null", "true", "-1", "1e9", "{}", "[]", '"', "\\", ",", ";", "\n", "2026-01-06", "2026-02-30",
    "any-page", "any-form", "visits", "sets", "created", "at", "😀", "\u202e", "\x1b[31m", "9" * 30, "NaN", ":",
    "interest@mba", "crm_record", "\ud7ff", "'", "#", "\t", "9999-12-31T23:59:59", "0001-01-01", "2026-03-29T02:30",
)  # fmt: skip


ROUNDS = 600


def mutated(chance, text):
    """The text with some of its pieces cut, doubled, swapped for another or for something odd."""
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(text) + 1)
        end = min(len(text), begin + chance.choice((0, 1, 1, 2, 5, 20, 200)))
        other = chance.randrange(len(text) + 1)
        piece = chance.choice((chance.choice(ODD), text[other : other + 20], text[begin:end] * 2))
        text = text[:begin] + piece + text[end:]
    return text


def odd_value(chance, value):
    """The value with one of its leaves or branches changed for something of another kind."""
    if isinstance(value, (dict, list)) and value and chance.random() < 0.85:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = chance.choice(keys)
        changed = value.copy()
        changed[key] = odd_value(chance, value[key])
        return changed
    return chance.choice(
        (None, True, 0, -1, 10**17, 2.5, 1e300, "", " ", {}, [], [[]], {"a": {"b": 1}}, *ODD)
    )


def test_hundreds_of_broken_files_are_read_or_refused(read, model):
    chance = random.Random(20260105)
    refused = 0
    for number in range(ROUNDS):
        if number % 3 == 0:
            found = read(mutated(chance, JSON_EXAMPLE))
        elif number % 3 == 1:
            found = read(mutated(chance, CSV_EXAMPLE), "person.csv")
        else:
            found = read(odd_value(chance, json.loads(JSON_EXAMPLE)))
        errors = [item for item in found.diagnostics if item.severity == "error"]
        assert (found.person is None) == bool(errors)
        assert all(item.message and (item.help or item.code < "SW730") for item in errors)
        refused += found.person is None
        if found.person is not None:
            told = trace(model, found.person, found.person.created + 200 * 86_400)
            assert all(traced.ledger.adds_up for traced in told.scores)
            assert trace_text(told, verbose=True)
    assert ROUNDS // 3 < refused < ROUNDS


def test_and_on_the_command_line_nothing_is_a_fault(run, tmp_path, model):
    from tests.explain.school import write

    chance = random.Random(7)
    folder, person = write(tmp_path / "school"), tmp_path / "person.json"
    codes = set()
    for number in range(60):
        text = JSON_EXAMPLE if number % 2 else CSV_EXAMPLE
        person.write_bytes(mutated(chance, text).encode("utf-8", "surrogatepass"))
        form = ("text", "json")[number // 2 % 2]
        code, printed, error = run(
            "trace", folder, "--person", person, "--at", "2026-06-01", "--format", form
        )
        codes.add(code)
        assert code in {0, 1, 2}, error
        assert "SW999" not in error
        assert printed or error
        assert not any(ord(sign) < 32 and sign != "\n" for sign in printed + error)
    assert codes >= {0, 1}
