"""What a page remembers, and of which sheet: versions, copies of the file, two clients, two tabs, a browser that keeps nothing."""

from __future__ import annotations

import json

import pytest

from tests.conftest import ROOT
from tests.looking.reading import read_page
from tests.looking.test_sheet import compiled

LEFT = "document.getElementById('left').textContent"
SAID = "document.getElementById('said').textContent"
DONE = "[...document.querySelectorAll('article.done')].map(task => task.dataset.key)"
TICK = "document.querySelectorAll('article h3 input')[{}].click()"


@pytest.fixture(scope="module")
def bytes_of():
    return compiled(ROOT / "specs" / "pardot-score-decay", "pardot").files["pardot"]["build-sheet.html"]


@pytest.fixture
def file(bytes_of, tmp_path):
    path = tmp_path / "client" / "build-sheet.html"
    path.parent.mkdir()
    path.write_bytes(bytes_of)
    return path


def changed(file, *pairs):
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def test_what_is_the_same_in_the_next_version_stays_ticked_and_what_is_not_does_not(browser, file):
    page = browser.open(file.as_uri())
    page.run(TICK.format(0))
    page.run(TICK.format(1))
    sheet, second = page.run(
        "[document.body.dataset.sheet, document.querySelectorAll('article')[1].dataset.digest]"
    )
    changed(file, (sheet, "2" * 16), (second, "3" * 16))
    page.reload()
    assert page.run(LEFT).startswith("1 of ")
    assert "from an earlier version" in page.run(SAID)
    page.run(TICK.format(1))  # as it is in the new version
    changed(file, ("2" * 16, sheet), ("3" * 16, second))
    page.reload()
    assert page.run(LEFT).startswith("1 of ")  # back at the first, whose second thing stands otherwise now


def test_of_a_way_nothing_is_taken_over_beyond_the_first_step_that_is_new(browser, file):
    changed(file, ('data-since=""', 'data-since="2026-11-01 (0a1b2c3d)"'))
    page = browser.open(file.as_uri())
    for place in range(3):
        page.run(TICK.format(place))
    sheet, second = page.run(
        "[document.body.dataset.sheet, document.querySelectorAll('article')[1].dataset.digest]"
    )
    changed(file, (sheet, "2" * 16), (second, "3" * 16))
    page.reload()
    assert page.run(LEFT).startswith("1 of ")  # a wait that is the third is to be waited for again
    changed(file, ("0a1b2c3d", "ffffffff"))
    page.reload()
    assert page.run(LEFT).startswith("0 of ")  # from another version the same step is another one


def test_two_clients_with_the_same_model_share_nothing_and_a_copy_is_asked_about(browser, file, tmp_path):
    page = browser.open(file.as_uri())
    page.run(TICK.format(0))
    other = tmp_path / "other <b>client" / "build-sheet.html"
    other.parent.mkdir()
    other.write_bytes(file.read_bytes())
    page.go(other.as_uri())
    assert page.run(LEFT).startswith("0 of ")
    assert page.run("document.getElementById('from').textContent") == file.as_uri().removeprefix("file://")
    page.reload()
    assert page.run(LEFT).startswith("0 of ")
    page.click("#bring")
    assert page.run(LEFT).startswith("1 of ")
    page.reload()
    assert page.run(LEFT).startswith("1 of ")
    assert page.run("document.getElementById('moved').hidden") is True
    changed(other, ('data-instance=""', 'data-instance="live"'))
    page.reload()
    assert (page.run(LEFT)[:4], page.run("document.getElementById('moved').hidden")) == ("0 of", True)


def test_two_tabs_of_a_sheet_tick_into_the_same_list(browser, file):
    one = browser.open(file.as_uri())
    two = one.beside(file.as_uri())
    one.run(TICK.format(0))
    two.until("document.querySelectorAll('article.done').length === 1")
    two.run(TICK.format(1))
    one.until("document.querySelectorAll('article.done').length === 2")
    one.run(TICK.format(0))
    two.until("document.querySelectorAll('article.done').length === 1")
    one.reload()
    assert one.run(DONE) == two.run(DONE)


REFUSED = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
)


@pytest.mark.parametrize("first", REFUSED, ids=["refused", "full"])
def test_where_a_browser_keeps_nothing_it_is_told_and_the_page_works(browser, file, tmp_path, first):
    page = browser.open(file.as_uri(), first=first)
    assert page.said == []
    assert "keeps nothing" in page.run("document.getElementById('warned').textContent")
    page.run(TICK.format(0))
    page.run(TICK.format(1))
    page.run(TICK.format(0))
    assert page.run(LEFT).startswith("1 of ")
    page.downloads(tmp_path)
    page.click("#by")
    page.type("Ada")
    page.click("#receipt")
    page.downloaded()
    (receipt,) = tmp_path.glob("receipt-*.json")
    assert len(json.loads(receipt.read_text("utf-8"))["done"]) == 1
    assert page.said == []


def test_what_stands_in_the_storage_and_is_none_of_ours_breaks_nothing(browser, file):
    page = browser.open(file.as_uri())
    for text in ("null", "[]", "7", '{"latest": 3, "sheets": 4}', '{"x": null}', "{"):
        page.run(TICK.format(0))
        page.run(f"Object.keys(localStorage).forEach(key => localStorage.setItem(key, {json.dumps(text)}))")
        page.reload()
        assert (page.said, page.run(LEFT)[:4]) == ([], "0 of")
    page.run(TICK.format(0))
    page.reload()
    assert (page.said, page.run(LEFT)[:4]) == ([], "1 of")


def test_cleared_ticks_can_be_brought_back(browser, file):
    page = browser.open(file.as_uri())
    page.run(TICK.format(0))
    page.run("document.getElementById('more').open = true")
    page.click("#clear")
    assert page.run(LEFT).startswith("0 of ")
    page.click("#clear")
    assert page.run(LEFT).startswith("1 of ")
    page.reload()
    assert page.run(LEFT).startswith("1 of ")


def test_old_versions_do_not_fill_the_storage(browser, file):
    page = browser.open(file.as_uri())
    sheet = page.run("document.body.dataset.sheet")
    for number in range(5):
        page.run(TICK.format(0))
        new = f"{number:016x}"
        changed(file, (sheet, new))
        sheet = new
        page.reload()
    assert page.run("Object.keys(localStorage).filter(key => key.includes('pardot')).length") == 5


def receipt_of(file, **more):
    read = read_page(file.read_bytes())
    about = {key: read.about[key] for key in ("target", "model", "sheet", "since", "instance")}
    done = [
        {"key": task.key, "digest": task.digest, "at": "2026-11-22T09:30:00Z", "checked": 1, "checks": 1}
        for task in read.tasks
        if len(task.checks) == 1
    ]
    made = {"receipt": 1, **about, "by": "Ada", "at": "2026-11-22T09:30:00Z", "things": len(read.tasks)}
    return {**made, "done": done, **more}


BAD = (
    {"receipt": 2},
    {"done": [None]},
    {"done": [{"key": "a"}]},
    {"done": [{"key": 3, "digest": "0" * 16, "at": "2026-11-22T09:30:00Z"}]},
    {"done": [{"key": "a", "digest": "0" * 16, "at": "2026-99-22T09:30:00Z"}]},
    {"done": "x"},
    {"target": "marketo"},
    {"since": "2026-11-01 (0a1b2c3d)"},
    {"instance": "other"},
)


def test_a_receipt_that_no_page_of_this_sheet_wrote_ticks_nothing(browser, file, tmp_path):
    changed(file, ('data-instance=""', 'data-instance="live"'))
    page = browser.open(file.as_uri())
    path = tmp_path / "receipt.json"
    for more in BAD:
        path.write_text(json.dumps(receipt_of(file, **more)), "utf-8")
        page.run("document.getElementById('said').textContent = ''")
        page.choose("#take", path)
        page.until("document.getElementById('said').textContent.startsWith('This ')")
        assert (page.said, page.run(LEFT)[:4]) == ([], "0 of")


def test_a_receipt_with_a_mark_at_its_beginning_and_other_line_ends_is_taken_with_its_checks(
    browser, file, tmp_path
):
    page = browser.open(file.as_uri())
    made = receipt_of(file)
    path = tmp_path / "receipt.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(made, indent=2).replace("\n", "\r\n").encode())
    page.choose("#take", path)
    done = len(made["done"])
    page.until(f"document.querySelectorAll('article.done').length === {done}")
    assert page.run("document.querySelectorAll('.checks input:checked').length") == done
    page.reload()
    assert page.run(LEFT).startswith(f"{done} of ")
