"""The bar above the sheet: how much is done, what is shown, and the receipt."""

from __future__ import annotations

from scorewright.compiling.page.words import said

__all__ = ["bar"]

_SHOWN = {
    "all": "All",
    "todo": "To do",
    "changed": "Changed since the receipt",
    "admin": "Needs an admin",
}
_KEYS = {
    "j": "next thing",
    "k": "thing before",
    "x": "tick or untick it",
    "c": "copy its next value",
    "/": "search",
    "t": "to do, or all",
}


def bar(title: str, things: int) -> str:
    """The bar; ``title`` is HTML.  Its script fills in what has been done."""
    shown = "".join(
        f'<label><input type="radio" name="show" value="{value}"{" checked" if value == "all" else ""}> {said(words)}</label>\n'
        for value, words in _SHOWN.items()
    )
    keys = "".join(f"<li><kbd>{key}</kbd> {said(words)}</li>\n" for key, words in _KEYS.items())
    return f"""\
<a class="skip" href="#steps">{said("Skip to the steps")}</a>
<header id="bar">
<div class="line">
<b class="name">{title}</b>
<progress id="progress" max="{max(1, things)}" value="0" aria-labelledby="left"></progress>
<span id="left" role="status"></span>
<label class="right">{said("Done by")} <input id="by" autocomplete="name" size="14"></label>
<button type="button" id="receipt">{said("Download the receipt")}</button>
</div>
<div class="line">
<label>{said("Search")} <input type="search" id="search" size="12"></label>
<fieldset id="show">
<legend>{said("Show")}</legend>
{shown}</fieldset>
<label class="right">English / français <select id="words"><option value="en">English</option><option value="fr" lang="fr">Français</option></select></label>
<details class="keys" id="more">
<summary>{said("More")}</summary>
<div>
<p><label class="take">{said("Take over a receipt")} <input type="file" id="take" accept=".json,application/json"></label></p>
<p><button type="button" id="clear">{said("Clear my ticks")}</button></p>
<p><b>{said("Keys")}</b></p>
<ul>
{keys}<li><label><input type="checkbox" id="keys" checked> {said("Single keys work")}</label></li>
</ul>
</div>
</details>
</div>
<p id="warned" role="status"></p>
<p id="said" role="status"></p>
<p id="moved" hidden>{said("Ticks of this sheet are known at the place where the file stood before:")} <code id="from"></code> <button type="button" id="bring">{said("Take them over")}</button></p>
</header>
"""
