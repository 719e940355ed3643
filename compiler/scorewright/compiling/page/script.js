"use strict";
(() => {
  const page = document.body.dataset;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const tasks = all("article[data-key]");
  const place = `scorewright ${page.target} ${page.model} ${page.instance}`;
  const [kept, latest, last] = [page.sheet, "latest", "last receipt"].map((word) => `${place} ${word}`);
  const settings = "scorewright settings";

  // --- what is remembered: in this browser alone, and not at all where it keeps nothing -----------------------------

  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
  const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* not kept */ } };
  let ticks = read(kept);
  const carried = Object.keys(ticks).length === 0 ? carry() : 0;
  let before = read(last);
  const set = read(settings);

  /** Of the version of the sheet that was ticked last, what is to be done in the same way here. */
  function carry() {
    const older = read(read(latest).kept);
    for (const task of tasks) {
      const found = older[task.dataset.key];
      if (found && found.digest === task.dataset.digest) ticks[task.dataset.key] = found;
    }
    return Object.keys(ticks).length;
  }

  // --- words --------------------------------------------------------------------------------------------------------

  const FRENCH = {
    "Copy": "Copier", "Copied": "Copié", "Show": "Afficher", "Hide": "Masquer",
    "of": "sur", "done": "faits", "left": "restent",
    "No receipt is known yet: nothing can be said to have changed since.": "Aucun reçu n’est connu : on ne peut rien dire de ce qui a changé depuis.",
    "This is no receipt of a build sheet.": "Ce n’est pas le reçu d’une fiche de construction.",
    "This receipt is for another version of the sheet: what has not changed since is ticked.": "Ce reçu est celui d’une autre version de la fiche : ce qui n’a pas changé depuis est coché.",
    "This receipt is for another model or platform.": "Ce reçu est celui d’un autre modèle ou d’une autre plateforme.",
    "from an earlier version of this sheet are still so, and ticked": "d’une version antérieure de cette fiche valent encore, et sont cochés",
    "Nothing here fits what you look for.": "Rien ici ne correspond à la recherche.",
  };
  const french = () => document.documentElement.dataset.words === "fr";
  const say = (words) => (french() && FRENCH[words]) || words;
  const tell = (words) => { by("said").textContent = words; };

  function speak(language) {
    document.documentElement.dataset.words = language;
    for (const tag of all("[data-fr]")) {
      tag.dataset.en ??= tag.textContent;
      tag.textContent = language === "fr" ? tag.dataset.fr : tag.dataset.en;
      tag.lang = language;
    }
    all(".copy").forEach(name);
    tasks.forEach(fold);
    count();
  }

  // --- ticks --------------------------------------------------------------------------------------------------------

  const box = (task) => task.querySelector("h3 input");
  const checks = (task) => all(".checks input", task);
  const hours = (minutes) => {
    const whole = Math.round(minutes);
    return whole >= 60 ? `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")} min` : `${whole} min`;
  };

  function shown() {
    for (const task of tasks) {
      const found = ticks[task.dataset.key] || {};
      box(task).checked = Boolean(found.at);
      checks(task).forEach((check, place) => { check.checked = Boolean(found.checks && found.checks.includes(place)); });
      task.classList.toggle("done", Boolean(found.at));
      task.classList.toggle("folded", Boolean(found.at));
      fold(task);
    }
    compared();
    count();
  }

  function ticked(task) {
    const found = { digest: task.dataset.digest };
    if (box(task).checked) found.at = new Date().toISOString();
    const places = checks(task).flatMap((check, place) => (check.checked ? [place] : []));
    if (places.length) found.checks = places;
    const known = ticks[task.dataset.key];
    if (found.at && known && known.at) found.at = known.at;
    if (found.at || found.checks) ticks[task.dataset.key] = found; else delete ticks[task.dataset.key];
    write(kept, ticks);
    write(latest, { kept });
    task.classList.toggle("done", Boolean(found.at));
    if (Boolean(found.at) !== task.classList.contains("folded")) task.classList.toggle("folded", Boolean(found.at));
    fold(task);
    count();
  }

  function fold(task) {
    let button = task.querySelector(".fold");
    if (!task.classList.contains("done")) { if (button) button.remove(); return; }
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "fold";
      task.prepend(button);
    }
    const folded = task.classList.contains("folded");
    button.textContent = say(folded ? "Show" : "Hide");
    button.setAttribute("aria-expanded", String(!folded));
    button.setAttribute("aria-label", `${button.textContent} ${task.querySelector(".no").textContent}`);
  }

  function count() {
    const open = tasks.filter((task) => !box(task).checked);
    const minutes = open.reduce((sum, task) => sum + Number(task.dataset.minutes), 0);
    const done = tasks.length - open.length;
    by("progress").value = done;
    by("left").textContent = french()
      ? `${done} sur ${tasks.length} faits, reste environ ${hours(minutes)}`
      : `${done} of ${tasks.length} done, about ${hours(minutes)} left`;
    for (const link of all("nav a")) {
      const section = document.querySelector(link.hash);
      const inside = section ? all("article[data-key]", section) : [];
      const ready = inside.filter((task) => box(task).checked).length;
      link.querySelector(".count").textContent = inside.length ? `${ready}/${inside.length}` : "";
      link.classList.toggle("finished", inside.length > 0 && ready === inside.length);
    }
  }

  // --- what is shown ------------------------------------------------------------------------------------------------

  const known = () => Object.keys(before).length > 0 || tasks.some((task) => task.dataset.was);
  const changed = (task) => (before[task.dataset.key] || task.dataset.was) !== task.dataset.digest;

  function compared() {
    for (const task of tasks) task.classList.toggle("changed", known() && changed(task));
  }

  const texts = new Map();
  function text(task) {
    if (!texts.has(task)) texts.set(task, task.textContent.toLowerCase());
    return texts.get(task);
  }

  function filter() {
    const words = by("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const what = document.querySelector("[name=show]:checked").value;
    const fits = {
      all: () => true,
      todo: (task) => !box(task).checked,
      changed: (task) => !known() || changed(task),
      admin: (task) => "admin" in task.dataset,
    }[what];
    let found = 0;
    for (const task of tasks) {
      task.hidden = !(fits(task) && words.every((word) => text(task).includes(word)));
      found += !task.hidden;
    }
    const narrow = what !== "all" || words.length > 0;
    for (const section of all("main section")) {
      const inside = all("article[data-key]", section);
      section.hidden = narrow && (inside.length === 0 || inside.every((task) => task.hidden));
    }
    if (what === "changed" && !known()) tell(say("No receipt is known yet: nothing can be said to have changed since."));
    else tell(tasks.length > 0 && found === 0 ? say("Nothing here fits what you look for.") : "");
  }

  // --- copying ------------------------------------------------------------------------------------------------------

  function name(button) {
    button.setAttribute("aria-label", `${say("Copy")} ${button.previousElementSibling.textContent}`);
  }

  function buttons(from = 0) {
    const lists = all("article ol");
    for (const list of lists.slice(from, from + 150)) {
      for (const value of all("li:not(.o, .k) code", list)) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy";
        value.after(button);
        name(button);
      }
    }
    if (from + 150 < lists.length) setTimeout(buttons, 0, from + 150);
  }

  async function copy(value) {
    const words = value.textContent;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    value.closest("li").classList.add("copied");
    tell(`${say("Copied")}: ${words}`);
  }

  // --- keyboard -----------------------------------------------------------------------------------------------------

  let now = null;
  function at(task) {
    if (now) now.classList.remove("now");
    now = task;
    if (now) now.classList.add("now");
  }

  function go(step) {
    const visible = tasks.filter((task) => !task.hidden);
    const place = visible.indexOf(now);
    const next = visible[place < 0 ? 0 : place + step];
    if (!next) return;
    at(next);
    box(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  function copyNext() {
    const task = now || tasks.find((each) => !each.hidden && !box(each).checked);
    if (!task) return;
    at(task);
    const values = all(".copy", task).map((button) => button.previousElementSibling);
    const next = values.find((value) => !value.closest("li").classList.contains("copied"));
    if (next) copy(next);
    else values.forEach((value) => value.closest("li").classList.remove("copied"));
  }

  const keys = {
    j: () => go(1),
    k: () => go(-1),
    x: () => { if (now) box(now).click(); },
    c: copyNext,
    "/": () => by("search").focus(),
    t: () => {
      const what = document.querySelector("[name=show]:checked").value === "todo" ? "all" : "todo";
      document.querySelector(`[name=show][value=${what}]`).click();
    },
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    if (event.key === "Escape" && event.target === by("search")) { by("search").value = ""; filter(); }
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !by("keys").checked || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // --- the receipt --------------------------------------------------------------------------------------------------

  function receipt() {
    const done = tasks.flatMap((task) => {
      const found = ticks[task.dataset.key];
      if (!found || !found.at) return [];
      const one = { key: task.dataset.key, digest: task.dataset.digest, at: found.at };
      return [{ ...one, checked: (found.checks || []).length, checks: checks(task).length }];
    });
    return {
      receipt: 1, target: page.target, model: page.model, sheet: page.sheet, since: page.since, instance: page.instance,
      by: by("by").value.trim(), at: new Date().toISOString(), things: tasks.length, done,
    };
  }

  function download() {
    const made = receipt();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(made, null, 2) + "\n"], { type: "application/json" }));
    link.download = `receipt-${page.target}-${page.model}-${made.at.slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    before = Object.fromEntries(made.done.map((each) => [each.key, each.digest]));
    write(last, before);
    compared();
  }

  async function take(file) {
    let found = {};
    try { found = JSON.parse(await file.text()); } catch { /* told below */ }
    if (!found || found.receipt !== 1 || !Array.isArray(found.done)) return tell(say("This is no receipt of a build sheet."));
    if (found.target !== page.target || found.model !== page.model) return tell(say("This receipt is for another model or platform."));
    const digests = new Map(tasks.map((task) => [task.dataset.key, task.dataset.digest]));
    before = {};
    for (const each of found.done) {
      before[each.key] = each.digest;
      if (digests.get(each.key) === each.digest) ticks[each.key] = { digest: each.digest, at: String(each.at), ...ticks[each.key] };
    }
    write(last, before);
    write(kept, ticks);
    shown();
    filter();
    return found.sheet === page.sheet ? undefined
      : tell(say("This receipt is for another version of the sheet: what has not changed since is ticked."));
  }

  // --- start --------------------------------------------------------------------------------------------------------

  by("by").value = set.by || "";
  by("keys").checked = set.keys !== false;
  by("words").value = set.words || (navigator.language.startsWith("fr") ? "fr" : "en");
  const settle = () => write(settings, { by: by("by").value, keys: by("keys").checked, words: by("words").value });
  for (const id of ["by", "keys", "words"]) by(id).addEventListener("change", settle);
  by("words").addEventListener("change", () => speak(by("words").value));
  by("search").addEventListener("input", filter);
  by("show").addEventListener("change", filter);
  by("receipt").addEventListener("click", download);
  by("take").addEventListener("change", (event) => { if (event.target.files[0]) take(event.target.files[0]); });
  by("clear").addEventListener("click", () => { ticks = {}; write(kept, ticks); write(latest, {}); shown(); filter(); });
  document.addEventListener("change", (event) => {
    const task = event.target.closest("article[data-key]");
    if (task) { at(task); ticked(task); }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.className === "copy") copy(button.previousElementSibling);
    if (button && button.className === "fold") {
      const task = button.closest("article");
      task.classList.toggle("folded");
      fold(task);
    }
  });
  shown();
  speak(by("words").value);
  if (carried) tell(`${carried} ${say("from an earlier version of this sheet are still so, and ticked")}`);
  buttons();
})();
