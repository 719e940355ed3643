"use strict";
(() => {
  const page = document.body.dataset;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const tasks = all("article[data-key]");
  const shelf = all("article:not([data-key])"); // the whole below the changes, to look things up
  const keeps = keeping(page, location.pathname);
  const receipt = receipts(page);

  const box = (task) => task.querySelector("h3 input");
  const checks = (task) => all(".checks input", task);
  const things = tasks.map((task) => ({ key: task.dataset.key, digest: task.dataset.digest, checks: checks(task).length }));
  const set = keeps.read(keeps.settings);
  let { ticks, carried } = keeps.load(things);
  let before = keeps.read(keeps.last);
  let cleared = null;

  // --- words --------------------------------------------------------------------------------------------------------

  const FRENCH = {
    "Copy": "Copier", "Copied": "Copié", "Show": "Afficher", "Hide": "Masquer",
    "No receipt is known yet: nothing can be said to have changed since.": "Aucun reçu n’est connu : on ne peut rien dire de ce qui a changé depuis.",
    "This is no receipt of a build sheet.": "Ce n’est pas le reçu d’une fiche de construction.",
    "This receipt is for another version of the sheet: what has not changed since is ticked.": "Ce reçu est celui d’une autre version de la fiche : ce qui n’a pas changé depuis est coché.",
    "This receipt is for another model or platform.": "Ce reçu est celui d’un autre modèle ou d’une autre plateforme.",
    "This receipt is for another instance.": "Ce reçu est celui d’une autre instance.",
    "This receipt is for the way from another version.": "Ce reçu est celui du passage depuis une autre version.",
    "from an earlier version of this sheet are still so, and ticked": "d’une version antérieure de cette fiche valent encore, et sont cochés",
    "Nothing here fits what you look for.": "Rien ici ne correspond à la recherche.",
    "Shown:": "Affichées :",
    "of its checks are not ticked.": "de ses vérifications ne sont pas cochées.",
    "Write your name under “Done by” first: a receipt says who did it.": "Écrire d’abord son nom sous « Fait par » : un reçu dit qui l’a fait.",
    "This browser keeps nothing for this page: what is ticked is gone when it is closed. Download the receipt before.": "Ce navigateur ne garde rien pour cette page : les coches disparaissent quand on la ferme. Télécharger le reçu avant.",
    "All values of this thing have been copied; the next one is its first again.": "Toutes les valeurs de cette chose ont été copiées ; la suivante est de nouveau la première.",
    "It could not be copied; it is selected: press Ctrl+C.": "La copie n’a pas réussi ; le texte est sélectionné : appuyer sur Ctrl+C.",
    "Clear my ticks": "Effacer mes coches", "Bring my ticks back": "Remettre mes coches",
  };
  const french = () => document.documentElement.lang === "fr";
  const say = (words) => (french() && FRENCH[words]) || words;
  const tell = (words) => { by("said").textContent = words; };

  function speak(language) {
    document.documentElement.lang = language;
    document.documentElement.dataset.words = language;
    for (const tag of all("[data-fr]")) {
      tag.dataset.en ??= tag.textContent;
      tag.textContent = language === "fr" ? tag.dataset.fr : tag.dataset.en;
      tag.lang = language;
    }
    for (const tag of all("[data-fr-label]")) {
      tag.dataset.enLabel ??= tag.getAttribute("aria-label");
      tag.setAttribute("aria-label", language === "fr" ? tag.dataset.frLabel : tag.dataset.enLabel);
    }
    texts.clear();
    all(".copy").forEach(name);
    tasks.forEach(fold);
    clearing();
    warn();
    count();
  }

  function warn() {
    const words = keeps.works() ? "" : "This browser keeps nothing for this page: what is ticked is gone when it is closed. Download the receipt before.";
    by("warned").textContent = words && say(words);
  }

  // --- ticks --------------------------------------------------------------------------------------------------------

  const hours = (minutes) => {
    const whole = Math.round(minutes);
    return whole >= 60 ? `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")} min` : `${whole} min`;
  };

  function shown() {
    for (const task of tasks) {
      const found = ticks[task.dataset.key] || {};
      box(task).checked = Boolean(found.at);
      checks(task).forEach((check, place) => { check.checked = Boolean(found.checks && found.checks.includes(place)); });
      finished(task, Boolean(found.at));
    }
    compared();
    count();
  }

  function finished(task, done) {
    const turned = done !== task.classList.contains("done");
    task.classList.toggle("done", done);
    if (turned) task.classList.toggle("folded", done);
    fold(task);
  }

  function ticked(task) {
    const key = task.dataset.key;
    const found = { digest: task.dataset.digest };
    if (box(task).checked) found.at = (ticks[key] && ticks[key].at) || new Date().toISOString();
    const places = checks(task).flatMap((check, place) => (check.checked ? [place] : []));
    if (places.length) found.checks = places;
    const first = found.at && !(ticks[key] && ticks[key].at);
    if (found.at || found.checks) ticks[key] = found; else delete ticks[key];
    cleared = null;
    if (!keeps.save(ticks, key)) warn();
    finished(task, Boolean(found.at));
    clearing();
    count();
    filter(task);
    const left = checks(task).length - places.length;
    if (first && left > 0) tell(`${left} ${say("of its checks are not ticked.")}`);
  }

  function fold(task) {
    let button = task.querySelector(".fold");
    if (!task.classList.contains("done")) { if (button) button.remove(); return; }
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "fold";
      task.querySelector("h3").before(button);
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
    by("progress").value = tasks.length ? done : 1;
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

  function clearing() {
    by("clear").textContent = say(cleared ? "Bring my ticks back" : "Clear my ticks");
  }

  function clear() {
    [ticks, cleared] = cleared ? [cleared, null] : [{}, ticks];
    keeps.save(ticks);
    shown();
    clearing();
    filter();
  }

  // --- what is shown ------------------------------------------------------------------------------------------------

  const known = () => Object.keys(before).length > 0 || tasks.some((task) => task.dataset.was);
  const changed = (task) => (before[task.dataset.key] || task.dataset.was) !== task.dataset.digest;

  function compared() {
    for (const task of tasks) task.classList.toggle("changed", known() && changed(task));
  }

  const texts = new Map();
  const plain = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  function text(task) {
    if (!texts.has(task)) texts.set(task, plain(task.textContent));
    return texts.get(task);
  }

  /** `keep` stays to be seen, although it has just been done. */
  function filter(keep) {
    const words = plain(by("search").value).split(/\s+/).filter(Boolean);
    const what = document.querySelector("[name=show]:checked").value;
    const fits = {
      all: () => true,
      todo: (task) => !box(task).checked || task === keep,
      changed: (task) => !known() || changed(task),
      admin: (task) => "admin" in task.dataset,
    }[what];
    const holds = (task) => words.every((word) => text(task).includes(word));
    let found = 0;
    for (const task of tasks) {
      task.hidden = !(fits(task) && holds(task));
      found += !task.hidden;
    }
    for (const task of shelf) {
      task.hidden = what !== "all" || !holds(task);
      found += words.length > 0 && !task.hidden;
    }
    const narrow = what !== "all" || words.length > 0;
    for (const part of all("main section, details.whole")) {
      const inside = all("article", part);
      part.hidden = narrow && (inside.length === 0 || inside.every((task) => task.hidden));
      if (part.matches("details") && words.length > 0 && !part.hidden) part.open = true;
    }
    if (what === "changed" && !known()) tell(say("No receipt is known yet: nothing can be said to have changed since."));
    else if (tasks.length > 0 && found === 0) tell(say("Nothing here fits what you look for."));
    else tell(words.length ? `${say("Shown:")} ${found}` : "");
  }

  /** A link leads also to what a filter or a fold hides. */
  function reveal(link) {
    const aim = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    for (let part = aim; part; part = part.parentElement) {
      part.hidden = false;
      if (part.matches("details")) part.open = true;
    }
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

  /** The way of browsers that give a file on disk no clipboard. */
  function copiedByHand(words) {
    const area = document.createElement("textarea");
    const focused = document.activeElement;
    area.className = "away";
    area.value = words;
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* told by the caller */ }
    area.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done;
  }

  async function copy(value) {
    const words = value.textContent.replaceAll("␣", " "); // so that a blank is seen, it is shown as an open box
    let done = true;
    try { await navigator.clipboard.writeText(words); } catch { done = copiedByHand(words); }
    if (!done) {
      getSelection().selectAllChildren(value);
      tell(say("It could not be copied; it is selected: press Ctrl+C."));
      return;
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

  const inSight = (task) => { const seen = task.getBoundingClientRect(); return seen.bottom > 0 && seen.top < innerHeight; };

  /** The next thing that is shown; from where one looks, when the last one is out of sight. */
  function go(step) {
    const visible = tasks.filter((task) => !task.hidden);
    const top = by("bar").getBoundingClientRect().bottom;
    let next = null;
    if (now && inSight(now) && !now.hidden) next = visible[visible.indexOf(now) + step];
    else next = visible.find((task) => task.getBoundingClientRect().bottom > Math.max(top, 0) + 8) || visible.at(-1);
    if (!next) return;
    at(next);
    if (document.querySelector("[name=show]:checked").value === "todo") filter();
    box(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  function copyNext() {
    const task = now || tasks.find((each) => !each.hidden && !box(each).checked);
    if (!task) return;
    at(task);
    const values = all(".copy", task).map((button) => button.previousElementSibling);
    const next = values.find((value) => !value.closest("li").classList.contains("copied"));
    if (next) { copy(next); return; }
    values.forEach((value) => value.closest("li").classList.remove("copied"));
    if (values.length) tell(say("All values of this thing have been copied; the next one is its first again."));
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
    if (event.key === "Escape" && by("more").open) { by("more").open = false; by("more").querySelector("summary").focus(); }
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !by("keys").checked || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // --- the receipt --------------------------------------------------------------------------------------------------

  function download() {
    const name = by("by").value.trim();
    if (!name) {
      by("by").focus();
      tell(say("Write your name under “Done by” first: a receipt says who did it."));
      return;
    }
    const made = receipt.made(things, ticks, name);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(made, null, 2) + "\n"], { type: "application/json" }));
    link.download = `receipt-${page.target}-${page.model}-${made.at.slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    before = Object.fromEntries(made.done.map((each) => [each.key, each.digest]));
    keeps.write(keeps.last, before);
    compared();
    tell(link.download);
  }

  async function take(file) {
    const found = receipt.taken(await file.text());
    if (typeof found === "string") { tell(say(found)); return; }
    const known = new Map(things.map((thing) => [thing.key, thing]));
    before = {};
    for (const { key, digest, at, checked, checks: of } of found.done) {
      before[key] = digest;
      const thing = known.get(key);
      if (!thing || thing.digest !== digest) continue;
      const whole = checked === of && of === thing.checks && of > 0 ? { checks: [...Array(of).keys()] } : {};
      ticks[key] = { digest, at, ...whole, ...ticks[key] };
    }
    keeps.write(keeps.last, before);
    keeps.save(ticks);
    shown();
    filter();
    if (found.sheet !== page.sheet) tell(say("This receipt is for another version of the sheet: what has not changed since is ticked."));
  }

  /** The file was moved or copied: its ticks may be taken over, but nobody does it unasked. */
  function offer() {
    const other = Object.keys(ticks).length ? undefined : keeps.elsewhere();
    if (!other || Object.keys(other.ticks).length === 0) return;
    by("moved").hidden = false;
    by("from").textContent = other.path;
    by("bring").addEventListener("click", () => {
      ticks = keeps.load(things, other.ticks).ticks;
      keeps.save(ticks);
      by("moved").hidden = true;
      shown();
    });
  }

  // --- start --------------------------------------------------------------------------------------------------------

  by("by").value = set.by || "";
  by("keys").checked = set.keys !== false;
  by("words").value = ["en", "fr"].includes(set.words) ? set.words : (navigator.language.startsWith("fr") ? "fr" : "en");
  const settle = () => keeps.write(keeps.settings, { by: by("by").value, keys: by("keys").checked, words: by("words").value });
  for (const id of ["by", "keys", "words"]) by(id).addEventListener("change", settle);
  by("words").addEventListener("change", () => speak(by("words").value));
  by("search").addEventListener("input", () => filter());
  by("show").addEventListener("change", () => filter());
  by("receipt").addEventListener("click", download);
  by("take").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) await take(file);
    event.target.value = "";
  });
  by("clear").addEventListener("click", clear);
  document.addEventListener("change", (event) => {
    const task = event.target.closest("article[data-key]");
    if (task) { at(task); ticked(task); }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(link);
    const button = event.target.closest("button");
    if (button && button.className === "copy") copy(button.previousElementSibling);
    if (button && button.className === "fold") {
      const task = button.closest("article");
      task.classList.toggle("folded");
      fold(task);
    }
  });
  keeps.watch((stored) => {
    ({ ticks } = keeps.load(things, stored));
    shown();
    filter();
  });
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));
  shown();
  speak(by("words").value);
  offer();
  if (carried) tell(`${carried} ${say("from an earlier version of this sheet are still so, and ticked")}`);
  buttons();
})();
