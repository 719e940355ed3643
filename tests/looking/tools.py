"""What pages and workbooks are looked at with: there in CI always, elsewhere where somebody has installed it."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TAGS", "faults", "needed", "opened"]

AXE = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def needed(what, found):
    """What was found; where nothing was, the test is skipped, and in CI it fails."""
    if not found:
        words = f"{what} is not installed: sh tests/extras.sh .venv/axe, as root, installs it"
        pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
    return found


def faults(page):
    """What axe-core finds against WCAG 2.2 AA: rule, what is wrong, and where."""
    needed("axe-core", AXE.is_file())
    if not page.run("'axe' in window"):
        page.run(AXE.read_text("utf-8") + "; 0")
    page.run(  # what is not drawn yet has no size that could be judged
        "document.querySelectorAll('article').forEach(task => { task.style.contentVisibility = 'visible'; })"
    )
    found = page.run(f"axe.run(document, {{runOnly: {TAGS}}}).then(found => found.violations)")
    return [
        (each["id"], node["failureSummary"], node["html"][:200]) for each in found for node in each["nodes"]
    ]


def opened(workbook: Path, folder: Path):
    """The first sheet of a workbook as LibreOffice reads it: as CSV in UTF-8, with what is shown."""
    soffice = needed("LibreOffice", shutil.which("soffice"))
    subprocess.run(
        [
            *(soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
            *("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir"),
            *(str(folder), str(workbook)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / f"{workbook.stem}.csv").read_text("utf-8")
