"""Says in the author's words what a TOML syntax error is about; the parser's own words are about grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorewright.source.duplicates import explain_duplicate
from scorewright.source.file_rules import TOML_DUPLICATE, TOML_SYNTAX
from scorewright.source.stop import Answer, clip, context_at, line_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.diagnostics.rule import Finding
    from scorewright.source.document import SourceFile
    from scorewright.source.stop import Context

__all__ = ["explain"]


_CURLY = "“”„‟«»‘’‚‛"
_WORD_BREAK = " \t\n,[]{}=#\"'"
_BARE_TEXT = re.compile(r"[^\n,\[\]{}=#\"']*[^\s,\[\]{}=#\"']")
_KEY_THEN_EQUALS = re.compile(r"[A-Za-z0-9_.-]+[ \t]*=")
_YES = {"true", "yes", "on"}
_NO = {"false", "no", "off"}
_NOTHING = {"null", "nil", "none", "undefined", "~"}

_DURATION = re.compile(r"([0-9]{1,6}) ?(min|m|h|d|w|hours?|days?|weeks?|months?)")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:am|pm)?", re.IGNORECASE)
_PERCENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?%")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+")
_DATE_OF_OTHERS = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}(?:[./-][0-9]{1,4})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[. ’][0-9]{3})+")


def explain(file: SourceFile, message: str, offset: int) -> Finding:
    """Make a finding of tomllib's message, without its coordinates, and the offset at which it stopped."""
    context = context_at(file.text, message, offset)
    if twice := explain_duplicate(context):
        return TOML_DUPLICATE.in_file(file.name, twice.message, help=twice.help, offset=twice.offset)
    for look in _LOOKS:
        answer = look(context)
        if answer is not None:
            return TOML_SYNTAX.in_file(file.name, answer.message, help=answer.help, offset=answer.offset)
    return TOML_SYNTAX.in_file(
        file.name, f"not valid TOML: {_lower(message)}", help=_GENERAL_HELP, offset=offset
    )


_GENERAL_HELP = 'a line is key = value or a [table] header; texts stand in quotes: title = "Contact form"'


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _conflict_marker(context: Context) -> Answer | None:
    if not re.match(r"(<{7}|={7}|>{7}|\|{7})( |$)", context.line):
        return None
    help_text = "resolve the conflict in git: keep the lines that hold, delete the lines with the marks"
    return Answer("a merge conflict was left in the file", help_text, context.line_start)


def _curly_quotes(context: Context) -> Answer | None:
    """Typed quotes may stand at the stop itself or open the word in which it lies."""
    for offset in (context.offset, _word_start(context)):
        if context.text[offset : offset + 1] and context.text[offset] in _CURLY:
            message = f"the typographic quote {context.text[offset]} does not open a text"
            return Answer(message, "use the straight quotes of the keyboard: \"...\" or '...'", offset)
    return None


def _string(context: Context) -> Answer | None:
    message = context.message
    if "Unescaped" in message:
        help_text = (
            r"write \\ for one backslash, or put the text in single quotes, where \ is an ordinary character"
        )
        return Answer(
            "a backslash in double quotes begins an escape, and this is none",
            help_text,
            max(context.offset - 2, context.text.rfind("\\", 0, context.offset)),
        )
    if "hex value" in message or "Unicode scalar" in message:
        help_text = r"write \u and four hex digits, as in \u00e9; for a backslash itself write \\ or use single quotes"
        return Answer(
            "this escape names no character", help_text, max(context.text.rfind("\\", 0, context.offset), 0)
        )
    unclosed = message.startswith(
        (
            "Unterminated string",
            "Illegal character '\\n'",
            "Found invalid character '\\n'",
            'Expected "\'"',
            "Expected \"'''\"",
        )
    )
    if not unclosed:
        return None
    offset = _last_quote(context)
    help_text = 'close it with the quote that opened it; a text with an apostrophe goes in "double quotes"'
    return Answer("the text is not closed", help_text, offset)


def _last_quote(context: Context) -> int:
    """Give the quote that opened the text in which the parser stopped: the first that belongs to no token."""
    from scorewright.source.lexical import tokens

    head = context.text[: context.offset]
    position = 0
    for start, end in [*(token.span() for token in tokens(head)), (len(head), len(head))]:
        quotes = [found for quote in "\"'" if (found := head.find(quote, position, start)) >= 0]
        if quotes:
            found = min(quotes)
            return found - 2 if head[max(found - 2, 0) : found] == head[found] * 2 else found
        position = end
    return max(min(context.offset, len(context.text) - 1), 0)


def _quote_in_text(context: Context) -> Answer | None:
    """``'It's'`` and ``"the "best" one"``: the text ended earlier than it was meant to."""
    before = context.text[context.offset - 1 : context.offset]
    if before not in ('"', "'") or not (context.char.isalnum() or context.char in "\"'"):
        return None
    other = "'" if before == '"' else '"'
    help_text = f'put the whole text in {other}...{other}, or write \\" for a quote inside double quotes'
    return Answer(f"the text ends at this {before}, and more follows", help_text, context.offset - 1)


def _word_start(context: Context) -> int:
    start = context.offset
    lowest = max(context.line_start, start - 200)
    while start > lowest and context.text[start - 1] not in _WORD_BREAK:
        start -= 1
    return start


def _not_closed(context: Context) -> Answer | None:
    """The text ends, or the next key or header begins, while a bracket is still open."""
    if not context.message.startswith(("Invalid value", "Invalid initial", "Unclosed", "Expected '='")):
        return None
    rest = context.text[context.offset :].lstrip(" \t")[:1]
    begins_line = not context.before.strip()
    if context.char and not (begins_line and (rest == "[" or _KEY_THEN_EQUALS.match(context.line.lstrip()))):
        return None
    opened = _opening(context)
    if opened is None or (context.char and context.text[opened] == "{"):
        return None
    if context.char and line_number(context.text, opened) == line_number(context.text, context.offset):
        return None
    what, closing = ("array", "]") if context.text[opened] == "[" else ("inline table", "}")
    return Answer(f"the {what} is not closed", f"close it with {closing}", opened)


def _opening(context: Context) -> int | None:
    """Give the innermost bracket that is open where the parser stopped."""
    from scorewright.source.lexical import tokens

    stack: list[int] = []
    for token in tokens(context.text[: context.offset]):
        if token["open"]:
            stack.append(token.start())
        elif token["close"]:
            del stack[-1:]
    return stack[-1] if stack else None


def _value_word(context: Context) -> Answer | None:
    """A value that only looks like one: a clock, a duration, a percentage, a text without quotes."""
    expected = (
        "Invalid value",
        "Invalid date",
        "Expected newline",
        "Unclosed array",
        "Unclosed inline table",
    )
    if not context.message.startswith(expected):
        return None
    start = _bare_value_start(context)
    match = _BARE_TEXT.match(context.text, start) if start >= 0 else None
    if match is None:
        return None
    if context.message.startswith("Invalid date"):
        return Answer(
            f"{clip(match[0])} is not a day of the calendar", "correct the month, the day or the hour", start
        )
    if _is_complete(context, start) and not _spaced(match[0]):
        return None
    found = _classify(match[0])
    return Answer(found[0], found[1], start) if found else None


def _bare_value_start(context: Context) -> int:
    """Give the start of the words at the stop when they stand where a value does, else -1."""
    sign = max(context.text.rfind(sign, context.line_start, context.offset) for sign in "=[,{")
    start = max(sign + 1, context.line_start)
    start += len(context.text[start : context.offset]) - len(context.text[start : context.offset].lstrip())
    if sign < 0 and _opening(context) is None:
        return -1
    between = context.text[start : context.offset + 1]
    return (
        -1
        if not between or any(char in _WORD_BREAK and char not in " \t" for char in between[:-1])
        else start
    )


def _is_complete(context: Context, start: int) -> bool:
    """Say whether a whole value stands before the stop, so that the mistake is in what follows."""
    import tomllib

    value = context.text[start : context.offset]
    if not value.strip() or not (value[-1].isspace() or context.char in (",", ";", "\n", "#", "")):
        return False
    try:
        tomllib.loads(f"k = {value}")
    except ValueError:
        return False
    return True


def _spaced(value: str) -> bool:
    return _DURATION.fullmatch(value) is not None or _THOUSANDS.fullmatch(value) is not None


def _classify(value: str) -> tuple[str, str] | None:
    word = value.split(maxsplit=1)[0]
    for pattern, explanation in _NUMBER_LIKE:
        for candidate in (value, word):
            if pattern.fullmatch(candidate):
                return explanation(clip(candidate))
    lower = word.lower()
    if value == word and lower in _YES | _NO:
        return (
            f"{word} is not a value of TOML",
            f"write {'true' if lower in _YES else 'false'}, in small letters",
        )
    if value == word and lower in _NOTHING:
        return "TOML has no empty value", "leave the key out"
    if word[0].isdigit() or word[0] in "+-.":
        help_text = f'write a whole number, or a text in quotes: "{clip(value)}"'
        return f"{clip(word)} is neither a number nor a text", help_text
    return "a text needs quotes", f'write "{clip(value)}"'


def _duration(word: str) -> tuple[str, str]:
    match = _DURATION.fullmatch(word)
    number, unit = (int(match[1]), match[2]) if match else (0, "d")
    if unit.startswith("m") and unit != "min":
        return "the language has no months", f'write "{number * 30}d", or "calendar month" for a window'
    return "a duration needs quotes", f'write "{number}{unit if unit == "min" else unit[0]}"'


def _date_help(word: str) -> tuple[str, str]:
    return f"{word} is not a date of TOML", "write year-month-day without quotes: 2026-05-01"


_NUMBER_LIKE: tuple[tuple[re.Pattern[str], Callable[[str], tuple[str, str]]], ...] = (
    (
        _CLOCK,
        lambda word: (f"{word} is not a value of TOML", f'put an hour of the clock in quotes: "{word:0>5}"'),
    ),
    (_DURATION, _duration),
    (_PERCENT, lambda word: ("a percentage is written without its sign", f"write {word[:-1]}")),
    (_LEADING_ZERO, lambda word: (f"the number {word} begins with a zero", f"write {int(word[:20])}")),
    (_THOUSANDS, lambda word: (f"{word} is not a whole number", f"write {re.sub('[^0-9]', '', word)}")),
    (_DATE_OF_OTHERS, _date_help),
)


def _missing_value(context: Context) -> Answer | None:
    if not context.message.startswith("Invalid value"):
        return None
    if context.char in ("", "\n", "#"):
        equals = max(context.text.rfind("=", 0, context.offset), 0)
        return Answer("the key has no value", "write the value behind =, or delete the line", equals)
    if context.char == "=":
        return Answer("one = is enough", "write key = value", context.offset)
    if context.char in ",]}":
        return Answer(
            f"a value is missing before {context.char}",
            "write the value, or delete the comma",
            context.offset,
        )
    return Answer("a text needs quotes", 'write the value in quotes: "..."', context.offset)


def _foreign(context: Context) -> Answer | None:
    """What other formats write: their comments, braces round the whole, items with a hyphen."""
    if not context.message.startswith(_IN_KEY):
        return None
    line = context.line.lstrip()
    start = context.line_start + len(context.line) - len(line)
    if line.startswith(("//", "/*", ";", "--")):
        return Answer("this is not how a comment begins", "begin a comment with #", start)
    if line.startswith("{"):
        message = "a file of TOML does not begin with a brace; this looks like JSON"
        return Answer(message, "write key = value, one a line", start)
    if line.startswith("- "):
        return Answer("TOML has no list items with a hyphen", 'write an array: key = ["a", "b"]', start)
    return None


_IN_KEY = ("Expected '='", "Invalid statement", "Invalid initial character", "Expected ']")


def _key(context: Context) -> Answer | None:
    """Stopped in or behind a key: another sign than ``=``, a space, an accent."""
    if not context.message.startswith(_IN_KEY):
        return None
    char = context.char
    if char.isalpha() and not char.isascii():
        help_text = "ids are made of a to z, 0 to 9 and hyphens; the title may be any text"
        return Answer(f"a key without quotes cannot hold {char}", help_text, context.offset)
    if char == ":" and context.message.startswith("Expected '='"):
        return Answer("a key and its value are parted by = and not by :", "write key = value", context.offset)
    return _header_not_closed(context) if context.message.startswith("Expected ']") else _key_rest(context)


def _key_rest(context: Context) -> Answer | None:
    char = context.char
    if context.message.startswith("Expected '='") and char in ("", "\n", "#"):
        return Answer(
            "a key stands here without = and a value",
            'write key = value; a text that goes on over several lines stands in """three quotes"""',
            max(context.offset - 1, context.line_start),
        )
    if context.message.startswith("Expected '='") and (char.isalnum() or char in "\"'"):
        help_text = "put = between key and value; in an id write a hyphen for a space"
        return Answer("= is missing behind the key, or the key has a space in it", help_text, context.offset)
    if char == "=":
        return Answer("the key before = is missing", "write key = value", context.offset)
    if char == "]" and context.message.startswith("Invalid initial"):
        return Answer("the header has no name", "write [table.id]", context.offset)
    return None


def _header_not_closed(context: Context) -> Answer:
    closing = "]]" if context.line.lstrip().startswith("[[") else "]"
    if context.char in ("", "\n", "#"):
        return Answer(
            "the table header is not closed", f"close it with {closing}", max(context.offset - 1, 0)
        )
    if context.char == "]":
        return Answer("[[ is closed by one ] only", "write [table.id] for a table", context.offset)
    help_text = "ids are made of a to z, 0 to 9 and hyphens; write a hyphen for a space"
    return Answer("a table header holds one name with dots", help_text, context.offset)


def _unclosed(context: Context) -> Answer | None:
    if not context.message.startswith(("Unclosed array", "Unclosed inline table")):
        return None
    what, closing = ("array", "]") if "array" in context.message else ("inline table", "}")
    if context.char == ";":
        return Answer("items are parted by commas", "write , for ;", context.offset)
    help_text = f"write , between two items, and {closing} behind the last"
    return Answer(f"a comma is missing in the {what}, or its {closing}", help_text, context.offset)


def _after_statement(context: Context) -> Answer | None:
    if not context.message.startswith("Expected newline"):
        return None
    if context.char in ",;":
        return Answer(
            f"no {context.char} stands at the end of a line",
            "delete it; commas part the items of an array or of an inline table",
            context.offset,
        )
    if context.line.startswith("//", context.offset - context.line_start):
        return Answer("this is not how a comment begins", "begin a comment with #", context.offset)
    return Answer(
        "something follows the value on its line", "begin a new line for the next key", context.offset
    )


_LOOKS: tuple[Callable[[Context], Answer | None], ...] = (
    _conflict_marker,
    _not_closed,
    _curly_quotes,
    _string,
    _quote_in_text,
    _value_word,
    _missing_value,
    _foreign,
    _key,
    _unclosed,
    _after_statement,
)
