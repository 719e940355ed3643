"""The rules of putting a spec together (SW020 to SW037): main file, language, paths, includes, merging."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "AGREEMENTS_MISPLACED",
    "ELEMENT_TWICE",
    "FILE_NOT_INCLUDED",
    "INCLUDE_NESTED",
    "INCLUDE_TWICE",
    "LANGUAGE_MISSING",
    "LANGUAGE_UNKNOWN",
    "LIST_FILE_EMPTY",
    "MAIN_FILE_AMBIGUOUS",
    "MAIN_FILE_MISSING",
    "MODEL_MISPLACED",
    "MODEL_MISSING",
    "PATH_LEAVES_FOLDER",
    "PATH_REFUSED",
]

_ERROR = Severity.ERROR

MAIN_FILE_MISSING = Rule(
    "SW020",
    "main-file-missing",
    _ERROR,
    """\
What
A folder was named, and none of the .toml files directly in it has a `[model]` table.

Why
The main file is the one with `[model]`; without it there is no model to compile.

Example
    scorewright check specs    # the models are in specs/lead and specs/mba

Use instead
    scorewright check specs/lead
""",
)

MAIN_FILE_AMBIGUOUS = Rule(
    "SW021",
    "main-file-ambiguous",
    _ERROR,
    """\
What
A folder was named, and several .toml files directly in it have a `[model]` table.

Why
Each is the main file of a model of its own; one command works on one model.

Example
    scorewright check specs

Use instead
    scorewright check specs/lead.toml
""",
)

MODEL_MISSING = Rule(
    "SW022",
    "model-missing",
    _ERROR,
    """\
What
The file that was named has no `[model]` table.

Why
`[model]` makes a file the main file.  A part alone lacks what the other files declare.

Example
    scorewright check lead/parts/web.toml

Use instead
    scorewright check lead
""",
)

MODEL_MISPLACED = Rule(
    "SW023",
    "model-misplaced",
    _ERROR,
    """\
What
An included file has a `[model]` table.

Why
A spec has one `[model]`, and it stands in the main file, beside `include`.

Example
    # parts/web.toml
    language = 1

    [model]
    timezone = "Europe/Paris"

Use instead
    # model.toml
    language = 1
    include = ["parts/web.toml"]

    [model]
    timezone = "Europe/Paris"
""",
)

LANGUAGE_MISSING = Rule(
    "SW024",
    "language-missing",
    _ERROR,
    """\
What
A file does not say `language = 1` above its first table.

Why
The line says which version of the language the file is written in, so that a later version never reads it
in another sense.

Example
    [model]
    id = "lead"

Use instead
    language = 1

    [model]
    id = "lead"
""",
)

LANGUAGE_UNKNOWN = Rule(
    "SW025",
    "language-unknown",
    _ERROR,
    """\
What
A file asks for a version of the language that this Scorewright does not know.

Why
Reading it by the rules of another version could give points that nobody meant.

Example
    language = "1"

Use instead
    language = 1
""",
)

PATH_REFUSED = Rule(
    "SW030",
    "path-refused",
    _ERROR,
    """\
What
A path in the spec is absolute, climbs with `..`, uses backslashes, or is not a path of files at all.

Why
A spec is one folder that reads alike on every machine, and it cannot be used to read other files.

Example
    include = ["../shared/web.toml", "parts\\\\email.toml"]

Use instead
    include = ["shared/web.toml", "parts/email.toml"]
""",
)

PATH_LEAVES_FOLDER = Rule(
    "SW031",
    "path-leaves-folder",
    _ERROR,
    """\
What
A path in the spec passes through a link that leads out of the spec's folder.

Why
What stands behind the link is not in the repository, so a review does not see it change.

Example
    [terms.titles]
    match = "is"
    file = "titles.txt"    # a link to /srv/exports/titles.txt

Use instead
    cp /srv/exports/titles.txt lead/titles.txt
""",
)

INCLUDE_NESTED = Rule(
    "SW032",
    "include-nested",
    _ERROR,
    """\
What
An included file has an `include` of its own.

Why
One list in the main file says what the spec is made of, and there can be no circles.

Example
    # parts/web.toml
    language = 1
    include = ["pages.toml"]

Use instead
    # model.toml
    language = 1
    include = ["parts/web.toml", "parts/pages.toml"]
""",
)

INCLUDE_TWICE = Rule(
    "SW033",
    "include-twice",
    _ERROR,
    """\
What
`include` names a file twice, under one name or two, or names the main file itself.

Why
Every element would stand in the spec twice.

Example
    include = ["parts/web.toml", "./parts/web.toml"]

Use instead
    include = ["parts/web.toml"]
""",
)

FILE_NOT_INCLUDED = Rule(
    "SW034",
    "file-not-included",
    Severity.WARNING,
    """\
What
Beside the main file stands a .toml file of the language that `include` does not name.

Why
It looks like a part of the spec and is none: its rules give no points.

Example
    # model.toml, beside email.toml
    language = 1

Use instead
    # model.toml
    language = 1
    include = ["email.toml"]
""",
)

ELEMENT_TWICE = Rule(
    "SW035",
    "element-twice",
    _ERROR,
    """\
What
Two files of a spec declare the same id in the same table.

Why
The order of files has no meaning, so none of the two could win.

Example
    # parts/web.toml and parts/email.toml both have
    [rules.contact]

Use instead
    [rules.contact-page]     # in parts/web.toml
    [rules.contact-email]    # in parts/email.toml
""",
)

LIST_FILE_EMPTY = Rule(
    "SW036",
    "list-file-empty",
    _ERROR,
    """\
What
A list file has no line of text: all are blank or begin with `#`.

Why
A list without texts matches nobody, so that its rules never give points.

Example
    # competitors.txt
    #Acme
    #Globex

Use instead
    # competitors.txt
    Acme
    Globex
""",
)

AGREEMENTS_MISPLACED = Rule(
    "SW037",
    "agreements-misplaced",
    _ERROR,
    """\
What
An `[agreements]` table stands in a file of the spec.

Why
Agreements stand in `agreements.toml` beside the main file, so that the code owners of marketing and of sales
must both approve a change to them and nothing else.

Example
    # model.toml
    [agreements.mql]
    says = "person is at least 100"

Use instead
    # agreements.toml
    language = 1

    [agreements.mql]
    says = "person is at least 100"
""",
)
