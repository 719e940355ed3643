"use strict";
/**
 * What is ticked, kept in this browser alone: for a platform, a model, an instance, the version before, and the place of the
 * file.  Two clients' sheets may all be called the same, and browsers give every file on disk the same storage.
 */
const keeping = (page, path) => {
  const about = `scorewright ${page.target} ${page.model} ${page.instance} ${page.since}`;
  const place = `${about} ${path}`;
  const own = `${place} ${page.sheet}`;
  const MOST = 4;
  const memory = new Map();

  const table = (text) => {
    const found = JSON.parse(text);
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  };
  const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const read = (key) => { try { return table(memory.get(key) || stored(key) || "{}"); } catch { return {}; } };

  /** Whether it was kept; else this tab remembers it as long as it is open. */
  function write(key, value) {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(key, text);
      memory.delete(key);
      return true;
    } catch {
      memory.set(key, text);
      return false;
    }
  }

  function works() {
    try {
      localStorage.setItem("scorewright", "1");
      return localStorage.getItem("scorewright") === "1";
    } catch {
      return false;
    }
  }

  const entry = (found) => found && typeof found === "object" && typeof found.digest === "string";

  /**
   * Ticks of this version, and how many of them stem from the version that was ticked last: what is to be done in the same
   * way.  Steps from one version to another stand in an order, so there nothing is taken over beyond the first new one.
   */
  function load(things, mine = read(own)) {
    const latest = read(place).latest;
    const other = latest && latest !== page.sheet ? read(`${place} ${latest}`) : {};
    const ticks = {};
    let carried = 0, gap = false;
    for (const { key, digest } of things) {
      const here = entry(mine[key]) && mine[key].digest === digest ? mine[key] : null;
      const there = entry(other[key]) ? other[key] : null;
      const same = there && there.digest === digest && !(page.since && gap);
      if (here && !(there && there.digest !== digest && there.at > here.at)) ticks[key] = here;
      else if (!here && same && Object.keys(mine).length === 0) { ticks[key] = there; carried += 1; }
      gap ||= !(ticks[key] && ticks[key].at);
    }
    return { ticks, carried };
  }

  /** Remember ticks; of one key alone where another tab may have ticked others meanwhile. */
  function save(ticks, key) {
    const now = read(own);
    const whole = key === undefined || Object.keys(now).length === 0 ? { ...ticks } : now;
    if (key !== undefined && ticks[key]) whole[key] = ticks[key];
    if (key !== undefined && !ticks[key]) delete whole[key];
    const index = read(place);
    const sheets = [page.sheet, ...(Array.isArray(index.sheets) ? index.sheets : []).filter((each) => each !== page.sheet)];
    for (const old of sheets.slice(MOST)) try { localStorage.removeItem(`${place} ${old}`); } catch { /* not kept */ }
    write(place, { latest: page.sheet, sheets: sheets.slice(0, MOST) });
    return write(own, whole);
  }

  /** Ticks of this very sheet that were made where the file stood before. */
  function elsewhere() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key !== own && key.startsWith(`${about} `) && key.endsWith(` ${page.sheet}`));
      const found = keys.map((key) => ({ path: key.slice(about.length + 1, -page.sheet.length - 1), ticks: read(key) }));
      return found.sort((a, b) => Object.keys(b.ticks).length - Object.keys(a.ticks).length)[0];
    } catch {
      return undefined;
    }
  }

  /** Tell when another tab has ticked something here. */
  function watch(told) {
    window.addEventListener("storage", (event) => { if (event.key === own || event.key === null) told(read(own)); });
  }

  return { read, write, works, load, save, elsewhere, watch, last: `${place} last receipt`, settings: "scorewright settings" };
};
