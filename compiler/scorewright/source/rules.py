"""The rules of reading (SW001 to SW049): what can be wrong with a spec before its meaning is looked at."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "AGREEMENTS_MISPLACED",
    "ELEMENT_TWICE",
    "FILE_ENCODING",
    "FILE_MISSING",
    "FILE_NOT_INCLUDED",
    "FILE_NOT_REGULAR",
    "FILE_TOO_LARGE",
    "FILE_UNREADABLE",
    "HIDDEN_CHARACTER",
    "INCLUDE_NESTED",
    "INCLUDE_TWICE",
    "INTEGER_TOO_LONG",
    "LANGUAGE_MISSING",
    "LANGUAGE_UNKNOWN",
    "LIST_FILE_EMPTY",
    "MAIN_FILE_AMBIGUOUS",
    "MAIN_FILE_MISSING",
    "MODEL_MISPLACED",
    "MODEL_MISSING",
    "PATH_LEAVES_FOLDER",
    "PATH_REFUSED",
    "RULES",
    "TOML_DUPLICATE",
    "TOML_NESTING",
    "TOML_NEWER_FORM",
    "TOML_SYNTAX",
]

_ERROR = Severity.ERROR

FILE_MISSING = Rule(
    "SW001",
    "file-missing",
    _ERROR,
    """\
What
A file or folder that was named does not exist.

Why
A part that is not read would leave rules out without a word.

Example
    include = ["parts/web.toml"]    # but the file is parts/website.toml

Use instead
    include = ["parts/website.toml"]
""",
)

FILE_NOT_REGULAR = Rule(
    "SW002",
    "file-not-regular",
    _ERROR,
    """\
What
A folder, a device or a pipe stands where a file is asked for.

Why
A spec must read alike each time, and only a file does.

Example
    include = ["parts"]

Use instead
    include = ["parts/web.toml", "parts/email.toml"]
""",
)

FILE_UNREADABLE = Rule(
    "SW003",
    "file-unreadable",
    _ERROR,
    """\
What
The system refuses to open or to read a file, and says why.

Why
Mostly it is a question of permissions or of a disk that is away.

Example
    scorewright check specs/secret    # a folder that you may not read

Use instead
    chmod u+r specs/secret/model.toml
""",
)

FILE_ENCODING = Rule(
    "SW004",
    "file-encoding",
    _ERROR,
    """\
What
A file is not UTF-8 text.

Why
TOML is UTF-8.  Spreadsheets and some editors save as Windows-1252 or UTF-16, and then accents in the names of
forms and campaigns would no longer be those of the platform.

Example
    values = ["Cr\\xe9dit"]    # the byte E9 of Windows-1252

Use instead
    values = ["Crédit"]       # saved as UTF-8
""",
)

FILE_TOO_LARGE = Rule(
    "SW005",
    "file-too-large",
    _ERROR,
    """\
What
A TOML file is larger than 16 MiB, or a list file is larger than 5 MiB.

Why
No platform takes lists of that size in one rule, so it is mostly the wrong file: an export of people, say.

Example
    [terms.competitors]
    match = "is"
    file = "all-companies.csv"

Use instead
    # Keep the long list on the platform as a field or a list, and ask for that:
    [segments.competitors]
    when = { member_of = "competitors" }
""",
)

HIDDEN_CHARACTER = Rule(
    "SW006",
    "hidden-character",
    _ERROR,
    """\
What
A text holds a control character or a mark that changes the direction of writing: U+0000 to U+001F (but tab and
new line), U+007F to U+009F, U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069; as it is or as an escape.

Why
Nobody sees them.  They can make a reviewer read another rule than the one that is compiled, can write over a
terminal, and keep a name from being equal to the platform's.

Example
    title = "Web\\u202Esite"

Use instead
    title = "Website"
""",
)

TOML_SYNTAX = Rule(
    "SW010",
    "toml-syntax",
    _ERROR,
    """\
What
The file is not valid TOML, the format of `key = value` lines under `[table]` headers.

Why
What follows the mistake cannot be read with certainty, so nothing of the file is used.

Example
    [schedules.office]
    at = [08:00]

Use instead
    [schedules.office]
    at = ["08:00"]
""",
)

TOML_DUPLICATE = Rule(
    "SW011",
    "toml-duplicate",
    _ERROR,
    """\
What
A key or a table is written twice in one file.

Why
Only one of the two could count, and readers would not agree which.

Example
    [rules.contact]
    points = { engagement = 50 }

    [rules.contact]
    limit = { times = 1 }

Use instead
    [rules.contact]
    points = { engagement = 50 }
    limit = { times = 1 }
""",
)

TOML_NEWER_FORM = Rule(
    "SW012",
    "toml-newer-form",
    _ERROR,
    """\
What
The text uses a form that only TOML 1.1 knows: an inline table over several lines or with a comma at its end,
the escapes \\e and \\x, a time without seconds.

Why
The language is TOML 1.0, which every Python and every editor reads.  A newer Python would accept the file and
an older one would refuse it.

Example
    limit = {
      times = 1,
    }

Use instead
    limit = { times = 1 }
""",
)

TOML_NESTING = Rule(
    "SW013",
    "toml-nesting",
    _ERROR,
    """\
What
Tables and arrays are nested more than 60 deep.

Why
No person reads it, no platform runs it, and a program that follows it may run out of stack.

Example
    when = { not = { not = { not = { mark = "mql" } } } }    # and so on

Use instead
    [segments.not-yet-mql]
    when = { not = { mark = "mql" } }

    [rules.first-visit]
    when = { segment = "not-yet-mql" }
""",
)

INTEGER_TOO_LONG = Rule(
    "SW014",
    "integer-too-long",
    _ERROR,
    """\
What
An integer has hundreds of digits.

Why
Numbers of the language have 32 bits; this one cannot even be printed in a message.

Example
    mql = 1000000000000000000000000    # and hundreds of digits more

Use instead
    mql = 100
""",
)

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

RULES: tuple[Rule, ...] = (
    FILE_MISSING,
    FILE_NOT_REGULAR,
    FILE_UNREADABLE,
    FILE_ENCODING,
    FILE_TOO_LARGE,
    HIDDEN_CHARACTER,
    TOML_SYNTAX,
    TOML_DUPLICATE,
    TOML_NEWER_FORM,
    TOML_NESTING,
    INTEGER_TOO_LONG,
    MAIN_FILE_MISSING,
    MAIN_FILE_AMBIGUOUS,
    MODEL_MISSING,
    MODEL_MISPLACED,
    LANGUAGE_MISSING,
    LANGUAGE_UNKNOWN,
    PATH_REFUSED,
    PATH_LEAVES_FOLDER,
    INCLUDE_NESTED,
    INCLUDE_TWICE,
    FILE_NOT_INCLUDED,
    ELEMENT_TWICE,
    LIST_FILE_EMPTY,
    AGREEMENTS_MISPLACED,
)
