"""What can go wrong while files are written, each with its code and what to do about it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from scorewright.diagnostics.diagnostic import Diagnostic, Place
from scorewright.diagnostics.rule import Rule, Severity

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "DISK_FULL",
    "FOLDER_NOT_EMPTY",
    "FOREIGN_FILES",
    "NAME_UNSAFE",
    "NOT_WRITABLE",
    "PATH_TAKEN",
    "RULES",
    "WRITE_FAILED",
    "OutputError",
    "from_os_error",
    "refusal",
]

NOT_WRITABLE = Rule(
    "SW701",
    "output-not-writable",
    Severity.ERROR,
    """What
The folder for the output, or one above it, does not let you write.
Why
A compile replaces its whole output or leaves it as it was; a folder that takes only some of the files would hold a
mixture of two models.
Example
    scorewright compile spec --out /usr/share/models
Use instead
Name a folder that you may write with `--out`, or change the folder's permissions.
""",
)

DISK_FULL = Rule(
    "SW702",
    "disk-full",
    Severity.ERROR,
    """What
The disk, your quota or the largest size allowed for a file is used up.  The output of before is still in place.
Why
Half of a build sheet is worse than none: a person would build half of the model.
Example
A build machine with a small disk, whose earlier jobs left their files behind.
Use instead
Free some space, or name a folder on another disk with `--out`, and run the command again.
""",
)

PATH_TAKEN = Rule(
    "SW703",
    "output-path-taken",
    Severity.ERROR,
    """What
Where the output folder should go stands a file, or a link to somewhere else.
Why
Scorewright replaces the folder `<out>/<target>` as a whole.  Replacing a file or following a link could destroy
something that you did not mean to give away.
Example
`--out build` where `build` is a file; `out/pardot` as a link to a shared folder.
Use instead
Name another folder with `--out`, or remove the file or link yourself.
""",
)

FOREIGN_FILES = Rule(
    "SW704",
    "output-holds-other-files",
    Severity.ERROR,
    """What
The output folder holds files that Scorewright did not write.
Why
The folder is replaced as a whole, so those files would be lost.  Scorewright replaces a folder only when the list in its
`.scorewright-output` names every file in it.
Example
Notes kept in `out/pardot/`, or an `--out` that points at a folder of your own.
Use instead
Move your files out of the folder, or name another one with `--out`.
""",
)

WRITE_FAILED = Rule(
    "SW705",
    "output-failed",
    Severity.ERROR,
    """What
The operating system refused to write the output for a reason of its own, which the message repeats.  The output of before
is still in place.
Why
A compile replaces its whole output or leaves it as it was.
Example
A path longer than the file system allows; a network disk that went away.
Use instead
Mend what the message names, or write to another folder with `--out`.
""",
)

NAME_UNSAFE = Rule(
    "SW706",
    "output-name-unsafe",
    Severity.ERROR,
    """What
A target wants to write a file whose name would leave its folder, or that no file system takes everywhere.
Why
A target is somebody's plugin; it writes inside its own folder and nowhere else.
Example
    ../../.bashrc
    C:/x
Use instead
Report it to the author of the target: names of output files are relative, with `/`, without `..`, `:` or `\\`.
""",
)

FOLDER_NOT_EMPTY = Rule(
    "SW710",
    "folder-not-empty",
    Severity.ERROR,
    """What
`scorewright new` was given a folder that already holds something, or a file.
Why
A new model must not mix with files that are there, nor write over them.
Example
    scorewright new . (in a folder with files)
Use instead
    scorewright new models/spring
""",
)

RULES = (NOT_WRITABLE, DISK_FULL, PATH_TAKEN, FOREIGN_FILES, WRITE_FAILED, NAME_UNSAFE, FOLDER_NOT_EMPTY)

_BY_ERRNO = {
    errno.EACCES: NOT_WRITABLE,
    errno.EPERM: NOT_WRITABLE,
    errno.EROFS: NOT_WRITABLE,
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EFBIG: DISK_FULL,
    errno.EEXIST: PATH_TAKEN,
    errno.ENOTDIR: PATH_TAKEN,
    errno.ELOOP: PATH_TAKEN,
}
_HELP = {
    NOT_WRITABLE: "name a folder that you may write with --out, or change its permissions",
    DISK_FULL: "free some space or name a folder on another disk with --out; what was there before is untouched",
    PATH_TAKEN: "name another folder with --out, or remove the file or link yourself",
    FOREIGN_FILES: "move these files elsewhere or name another folder with --out; the folder is replaced as a whole",
    WRITE_FAILED: "mend that, or name another folder with --out; what was there before is untouched",
    FOLDER_NOT_EMPTY: "name a new folder, as in: scorewright new models/spring",
    NAME_UNSAFE: "report it to the author of the target; nothing was written",
}


class OutputError(Exception):
    """The files could not be written and nothing was changed; ``diagnostic`` is what to show."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def refusal(rule: Rule, where: str, message: str) -> OutputError:
    """Make the error for one of this file's rules, with its standing advice."""
    return OutputError(Diagnostic(rule.code, rule.name, rule.severity, message, _HELP[rule], Place(where)))


def from_os_error(error: OSError, out: Path) -> OutputError:
    """Say in words what the operating system refused; ``out`` stands where the error names no path itself."""
    rule = _BY_ERRNO.get(error.errno or 0, WRITE_FAILED)
    reason = (error.strerror or type(error).__name__).lower()
    return refusal(rule, str(out), f"cannot write to {out}: {reason}")
