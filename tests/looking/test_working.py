"""The build sheet in a browser: opened from disk, copied from, ticked, reloaded, searched, printed, and its receipt."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from scorewright.compiling import compile_spec
from scorewright.compiling.receipt import read_receipt
from scorewright.plugin.migration import Since
from scorewright.project import Project
from tests.conftest import ROOT
from tests.looking.reading import read_page
from tests.looking.tools import faults

LEFT = "document.getElementById('left').textContent"
SHOWN = "[...document.querySelectorAll('article')].filter(task => !task.hidden).length"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A page for each platform, on disk."""
    folder = tmp_path_factory.mktemp("pages")
    spec = ROOT / "specs" / "pardot-score-decay"
    day = date(2026, 11, 1)
    made = compile_spec(spec, project=Project(ROOT), targets=(), edition=None, instance=None, today=day)
    for target, files in made.files.items():
        (folder / f"{target}.html").write_bytes(files["build-sheet.html"])
    return folder


@pytest.fixture
def page(browser, pages):
    return browser.open((pages / "pardot.html").as_uri())


@pytest.mark.parametrize("target", ["pardot", "marketo"])
def test_it_opens_from_disk_asks_for_nothing_and_is_for_everybody(browser, pages, target):
    page = browser.open((pages / f"{target}.html").as_uri())
    assert (page.asked, page.said) == ([(pages / f"{target}.html").as_uri()], [])
    assert faults(page) == []
    if target == "marketo":
        return
    page.colours(dark=True)
    page.run("document.querySelector('h3 input').click(); document.querySelector('.keys').open = true")
    assert faults(page) == []


def test_a_value_is_copied_as_it_stands(page):
    page.allow("clipboardReadWrite", "clipboardSanitizedWrite")
    page.click("article ol .copy")
    page.until("document.querySelector('li.copied')")
    wanted = page.run("document.querySelector('article ol .copy').previousElementSibling.textContent")
    assert page.run("navigator.clipboard.readText()") == wanted
    assert wanted in page.run("document.getElementById('said').textContent")
    assert page.run("document.querySelectorAll('li.copied').length") == 1
    page.run("document.querySelector('article ol .copy').previousElementSibling.textContent = '␣vp␣'; 0")
    page.click("article ol .copy")
    page.until("document.getElementById('said').textContent.endsWith(' vp ')")
    assert page.run("navigator.clipboard.readText()") == " vp "  # what is shown as a box is a blank


def test_every_value_that_is_typed_or_chosen_can_be_copied(page, pages):
    steps = [step for task in read_page((pages / "pardot.html").read_bytes()).tasks for step in task.steps]
    values = sum(bool(step.value) and step.act not in {"open", "click"} for step in steps)
    assert page.run("document.querySelectorAll('.copy').length") == values


def test_ticks_stay_when_the_page_is_loaded_again(page):
    things = page.run("document.querySelectorAll('article').length")
    assert page.run(LEFT).startswith(f"0 of {things} done, about ")
    page.click("article h3 input")
    page.click("article:nth-of-type(2) .checks input, article .checks input")
    page.reload()
    assert page.run(LEFT).startswith(f"1 of {things} done, about ")
    assert page.run("document.querySelector('article').className") == "done folded"
    assert page.run("document.querySelectorAll('.checks input:checked').length") == 1
    assert page.run("document.querySelector('nav .count').textContent").startswith("1/")


def test_the_list_is_narrowed_by_search_and_by_what_is_to_do(page):
    things = page.run(SHOWN)
    page.click("article h3 input")
    page.click("[name=show][value=todo]")
    assert page.run(SHOWN) == things - 1
    page.click("#search")
    page.type("automation  add")
    assert 0 < page.run(SHOWN) < things - 1
    page.type(" nobody-has-this")
    assert page.run(SHOWN) == 0
    assert "Nothing here fits" in page.run("document.getElementById('said').textContent")
    page.press("Escape")
    assert page.run(SHOWN) == things - 1
    page.click("[name=show][value=changed]")
    assert page.run(SHOWN) == things  # nothing can be said to have changed
    assert "No receipt is known" in page.run("document.getElementById('said').textContent")


def test_what_needs_an_admin_can_be_shown_alone(page, pages):
    tasks = read_page((pages / "pardot.html").read_bytes()).tasks
    page.click("[name=show][value=admin]")
    assert page.run(SHOWN) == sum(task.admin for task in tasks)
    assert 0 < page.run(SHOWN) < len(tasks)


def test_all_of_it_is_done_with_the_keyboard(page):
    page.allow("clipboardReadWrite", "clipboardSanitizedWrite")
    page.press("Tab")
    assert page.run("document.activeElement.className") == "skip"
    page.press("Enter")
    page.press("j")
    page.press("j")
    assert page.run("[...document.querySelectorAll('article')].indexOf(document.querySelector('.now'))") == 1
    place = page.run(
        "(() => { const now = document.querySelector('.now').getBoundingClientRect();"
        "return [now.top, document.querySelector('header').getBoundingClientRect().bottom]; })()"
    )
    assert place[0] >= place[1]  # not under the bar
    page.press("x")
    page.press("k")
    page.press(" ")  # the box has the focus
    assert page.run(LEFT).startswith("2 of ")
    page.press("/")
    assert page.run("document.activeElement.id") == "search"
    page.press("x")
    assert page.run("document.getElementById('search').value") == "x"
    page.press("Escape")
    page.run("document.activeElement.blur()")
    page.press("t")
    assert page.run("document.querySelector('[name=show]:checked').value") == "todo"
    while page.run("document.querySelectorAll('.now .copy').length") < 2:
        page.press("j")
    for copied in (1, 2):
        page.press("c")
        page.until(f"document.querySelectorAll('.now .copied').length === {copied}")
    values = page.run(
        "[...document.querySelectorAll('article.now .copied code')].map(code => code.textContent)"
    )
    assert len(values) == 2
    assert page.run("navigator.clipboard.readText()") == values[1]


def test_one_goes_on_from_where_one_looks_and_what_is_done_goes_when_one_goes_on(page):
    page.run("document.querySelector('section[id=s3]').scrollIntoView()")
    page.press("j")
    assert page.run("document.querySelector('.now .no').textContent") == "3.1"
    page.press("t")
    shown = page.run(SHOWN)
    page.press("x")
    assert page.run(SHOWN) == shown  # it can still be seen, and taken back
    assert "of its checks are not ticked" in page.run("document.getElementById('said').textContent")
    page.press("k")
    assert (page.run(SHOWN), page.run("document.querySelector('.now .no').textContent")) == (shown - 1, "2.1")


def test_a_link_to_what_a_filter_hides_leads_there(page):
    page.click("[name=show][value=admin]")
    assert page.run("document.getElementById('unsure').hidden") is True
    page.run("document.querySelector('.facts a').click()")
    assert page.run("document.getElementById('unsure').hidden") is False


def test_where_nothing_can_be_copied_the_value_is_selected_and_it_is_said(browser, pages):
    lacking = "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined});"
    page = browser.open(
        (pages / "pardot.html").as_uri(), first=f"{lacking} Document.prototype.execCommand = () => false;"
    )
    page.click("article ol .copy")
    page.until("document.getElementById('said').textContent.includes('Ctrl+C')")
    wanted = page.run("document.querySelector('article ol .copy').previousElementSibling.textContent")
    assert page.run("getSelection().toString().trim()") == wanted


def test_a_receipt_asks_for_a_name(page):
    page.click("#receipt")
    assert page.run("document.activeElement.id") == "by"
    assert "Write your name" in page.run("document.getElementById('said').textContent")


def test_on_a_telephone_and_at_four_times_the_size_nothing_runs_out_of_the_page(browser, pages):
    page = browser.open((pages / "pardot.html").as_uri(), wide=320, high=256)
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    boxes = (
        "[...document.querySelectorAll('article ol li')].every(row => [...row.children].every(part => {"
        "const a = part.getBoundingClientRect(), b = row.getBoundingClientRect(); return a.left >= b.left - 1 && a.right <= b.right + 1; }))"
    )
    assert page.run(boxes)


def test_single_keys_can_be_switched_off(page):
    page.run("document.querySelector('.keys').open = true")
    page.click("#keys")
    page.press("t")
    assert page.run("document.querySelector('[name=show]:checked').value") == "all"
    page.reload()
    assert page.run("document.getElementById('keys').checked") is False


def test_the_receipt_says_what_is_done_and_another_browser_takes_it_over(page, browser, pages, tmp_path):
    page.downloads(tmp_path)
    page.click("#by")
    page.type("Ada <b>")
    for _ in range(2):
        page.run("document.querySelector('article:not(.done) h3 input').click()")
    page.click("#receipt")
    page.downloaded()
    (file,) = tmp_path.glob("receipt-pardot-*.json")
    found = read_receipt(file)
    tasks = read_page((pages / "pardot.html").read_bytes()).tasks
    assert (found.by, found.things) == ("Ada <b>", len(tasks))
    assert [(each.key, each.digest) for each in found.done] == [(task.key, task.digest) for task in tasks[:2]]
    page.click("[name=show][value=changed]")
    assert page.run(SHOWN) == len(tasks) - 2
    fresh = browser.open((pages / "pardot.html").as_uri())
    fresh.choose("#take", file)
    fresh.until("document.querySelectorAll('article.done').length === 2")
    data = json.loads(file.read_text("utf-8"))
    data["sheet"], data["done"][0]["digest"] = "0" * 16, "1" * 16
    file.write_text(json.dumps(data), "utf-8")
    third = browser.open((pages / "pardot.html").as_uri())
    third.choose("#take", file)
    third.until("document.querySelectorAll('article.done').length === 1")
    assert "another version" in third.run("document.getElementById('said').textContent")
    third.choose("#take", pages / "pardot.html")
    third.until("document.getElementById('said').textContent.includes('no receipt')")


def test_our_own_words_are_french_where_that_is_wanted_and_the_platforms_are_not(page):
    page.run(
        "const words = document.getElementById('words'); words.value = 'fr';"
        "words.dispatchEvent(new Event('change', {bubbles: true})); 0"
    )
    assert "faits, reste environ" in page.run(LEFT)
    assert page.run("document.getElementById('receipt').textContent") == "Télécharger le reçu"
    click = "getComputedStyle(document.querySelector('li.k'), '::before').content"
    assert page.run(click) == '"Cliquer"'
    assert page.run("document.querySelector('li.k b').textContent").startswith("+ Add")
    page.reload()
    assert page.run("document.getElementById('words').value") == "fr"


def test_it_prints_what_is_to_do_and_what_is_done(page):
    page.click("article h3 input")
    page.ask("Emulation.setEmulatedMedia", media="print")
    style = "getComputedStyle(document.querySelector('{}')).display"
    assert page.run(style.format("header")) == "none"
    assert page.run(style.format("article.done ol")) != "none"
    made = page.pdf()
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") > 3


def test_a_sheet_of_changes_shows_these_alone_old_beside_new_and_the_whole_to_look_up(browser, tmp_path):
    spec = tmp_path / "spec"
    shutil.copytree(ROOT / "specs" / "op-scoring", spec)
    found = {"project": Project(tmp_path), "targets": ("marketo",), "edition": None, "instance": None}
    first = compile_spec(spec, today=date(2026, 11, 1), **found)
    (built,) = first.built
    since = Since("marketo", "before", built.bundle.objects, built.bundle.gauges, built.model)
    part = spec / "parts" / "behavior.toml"
    part.write_text(part.read_text("utf-8").replace("contact-form = 30", "contact-form = 40"), "utf-8")
    main = spec / "model.toml"
    main.write_text(main.read_text("utf-8").partition("[examples")[0], "utf-8")
    made = compile_spec(spec, today=date(2026, 11, 1), since={"marketo": since}, **found)
    path = tmp_path / "page.html"
    path.write_bytes(made.files["marketo"]["build-sheet.html"])
    page = browser.open(path.as_uri())
    moves = len(made.built[0].migration.moves)
    assert page.run(LEFT).startswith(f"0 of {moves} done")
    assert page.run("document.querySelector('nav a').textContent").split() == [
        "0.",
        "What",
        "changes",
        f"0/{moves}",
    ]
    assert page.run("document.querySelector('#s0 s').textContent") == "+30"
    assert (
        page.run("document.querySelector('#s0 s').parentElement.querySelector('code').textContent") == "+40"
    )
    assert page.run("document.querySelector('.whole').open") is False
    assert page.run("document.querySelectorAll('.whole article h3 input').length") == 0
    assert page.run("document.querySelectorAll('.whole article').length") > 40
    assert faults(page) == []
    page.click("#s0 h3 input")
    page.reload()
    assert page.run(LEFT).startswith(f"1 of {moves} done")
    page.click(
        "nav a[href='#s3']"
    )  # the whole can be looked up, folded as it is: by a link, by searching, on paper
    assert page.run("document.querySelector('.whole').open") is True
    page.run("document.querySelector('.whole').open = false")
    page.click("#search")
    page.type("nobody-has-this")
    assert page.run("document.querySelector('.whole').hidden") is True
    page.press("Escape")
    page.type("token")
    assert page.run("document.querySelector('.whole').open") is True
    found = page.run("[...document.querySelectorAll('.whole article')].filter(task => !task.hidden).length")
    assert 0 < found < page.run("document.querySelectorAll('.whole article').length")
    page.press("Escape")
    page.run("document.querySelector('.whole').open = false; dispatchEvent(new Event('beforeprint'))")
    assert page.run("document.querySelectorAll('details:not([open])').length") == 0
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run("document.querySelector('.whole').open") is False


def test_from_the_spec_to_the_page_to_the_lock_file(browser, run, tmp_path):
    shutil.copytree(ROOT / "specs" / "minimal", tmp_path / "model")
    (tmp_path / ".git").mkdir()
    (tmp_path / "scorewright.toml").write_text(
        'specs = ["model"]\n[targets.pardot]\n[instances.box]\ntarget = "pardot"\nkind = "sandbox"\n', "utf-8"
    )
    spec, out = tmp_path / "model", tmp_path / "out"
    assert run("compile", spec, "--instance", "box", "--out", out)[0] == 0
    page = browser.open((out / "pardot" / "build-sheet.html").as_uri())
    page.downloads(tmp_path)
    page.click("#by")
    page.type("Ada")
    page.run("document.querySelectorAll('article h3 input').forEach(box => box.click())")
    page.click("#receipt")
    page.downloaded()
    (file,) = tmp_path.glob("receipt-*.json")
    code, printed, error = run("receipt", file, spec, "--instance", "box")
    assert (code, "things done by Ada; box stands at this version of pardot" in printed) == (0, True), error
    assert (
        run("compile", spec, "--instance", "box", "--since", spec / "scorewright.lock", "--out", out)[0] == 0
    )
    page = browser.open((out / "pardot" / "build-sheet.html").as_uri())
    assert page.run(LEFT) == "0 of 0 done, about 0 min left"
