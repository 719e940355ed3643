"""The sheet as a workbook (Office Open XML): one sheet, texts inline, the heads and the first columns fixed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from scorewright.diagnostics.characters import safe
from scorewright.revisions.render.grid import HEADS, grid

if TYPE_CHECKING:
    from scorewright.revisions.render.grid import Cell
    from scorewright.revisions.values import Table

__all__ = ["xlsx"]

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 32_767
"""Characters in a cell.  Source: Microsoft, Excel specifications and limits."""
_TIME = (1980, 1, 1, 0, 0, 0)
"""The same in every file, so that the same sheet is the same bytes."""

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Revisions" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_SHEETS}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
        '<alignment vertical="top" wrapText="1"/></xf>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
        '<alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>'
    ),
}


def xlsx(table: Table) -> bytes:
    """The workbook, the same bytes for the same sheet."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": _sheet(grid(table))}.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), _XML + text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _sheet(rows: list[list[Cell]]) -> str:
    top = f"C{HEADS + 1}"
    pane = f'<pane xSplit="2" ySplit="{HEADS}" topLeftCell="{top}" activePane="bottomRight" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    columns = '<cols><col min="1" max="2" width="28" customWidth="1"/><col min="3" max="16384" width="34" customWidth="1"/></cols>'
    data = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    return f'<worksheet xmlns="{_SHEETS}">{views}{columns}<sheetData>{data}</sheetData></worksheet>'


def _row(number: int, cells: list[Cell]) -> str:
    style = 1 if number <= HEADS else 0
    told = "".join(
        _cell(f"{_column(place)}{number}", cell, style) for place, cell in enumerate(cells) if cell != ""
    )
    return f'<row r="{number}">{told}</row>'


def _cell(at: str, cell: Cell, style: int) -> str:
    if isinstance(cell, str):
        text = escape(_NO_XML.sub("\ufffd", safe(cell))[:_LONGEST])
        return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{at}" s="{style}"><v>{cell}</v></c>'


def _column(place: int) -> str:
    """``A`` to ``Z``, then ``AA``."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
