"""The rules of reading one file (SW001 to SW014): bytes, text, TOML."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "FILE_ENCODING",
    "FILE_MISSING",
    "FILE_NOT_REGULAR",
    "FILE_TOO_LARGE",
    "FILE_UNREADABLE",
    "HIDDEN_CHARACTER",
    "INTEGER_TOO_LONG",
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
