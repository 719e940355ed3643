"""Whatever is sent, the embedded unit answers as an API does; names come back letter by letter."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scorewright.plugin.sandboxes import Asked
from scorewright_pardot.sandbox.kinds import KINDS
from tests.pardot.unit import ADDRESS, OBJECTS, Unit

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
TEXTS = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
PATHS = (
    st.sampled_from([*KINDS, "automation-rules", ""]).flatmap(
        lambda kind: st.sampled_from(
            ["", "/1", "/0", "/-1", "/one", "/1/do/addTag", "/do/undelete", "/1/x", "/99999999999999999999"]
        ).map(lambda end: f"{OBJECTS}{kind}{end}")
    )
    | TEXTS
)
FIELD_NAMES = st.sampled_from(
    sorted({name for kind in KINDS.values() for name in (*kind.fields, *kind.writable)})
)
KEYS = (
    st.sampled_from(
        [
            "fields",
            "limit",
            "orderBy",
            "deleted",
            "nextPageToken",
            "offset",
            "id",
            "idGreaterThan",
            "name",
            "createdAtAfter",
        ]
    )
    | TEXTS
)
UNIT = Unit().sign_in()


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", ""]),
    PATHS,
    st.lists(st.tuples(KEYS, FIELD_NAMES | TEXTS), max_size=4),
    st.binary(max_size=30) | st.dictionaries(FIELD_NAMES | TEXTS, JSON, max_size=4),
)
@example("GET", f"{OBJECTS}tags", [("fields", "id"), ("nextPageToken", "\udcff")], b"")
@example("POST", f"{OBJECTS}tags", [], {"name": "\ud800"})
@example("POST", f"{OBJECTS}prospects", [], {"email": "a@b.example", "score": 10**400})
def test_nothing_that_is_sent_raises(method, path, query, body):
    import json

    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = UNIT.sandbox.answer(Asked(method, path, tuple(query), dict(UNIT.headers), content, ADDRESS))
    assert 200 <= answer.status < 600
    if answer.status >= 400:
        assert json.loads(answer.body)["code"] != 183
    for shown in UNIT.sandbox.shown():
        assert "".join(cell for row in shown.rows for cell in row).encode()


@settings(max_examples=40, deadline=None)
@given(NAMES)
@example("a+b%2B&c=d #1; 'x' \"y\" ñ 日本 🎯")
@example("<script>alert(1)</script>")
@example("Robert'); DROP TABLE pardot_versions;--")
def test_a_name_comes_back_as_it_was_sent_and_is_found_by_it(name):
    unit = Unit().sign_in()
    assert unit.objects("POST", "tags", {"name": name}, fields="name")[1] == {"name": name}
    unit.wait()
    assert {"name": name} in unit.objects("GET", "tags", fields="name", name=name)[1]["values"]
    assert unit.rows("tags")[0]["name"] == name
