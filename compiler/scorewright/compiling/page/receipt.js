"use strict";
/** Receipts as JSON: made from ticks, and read from a file that anybody may have written. */
const receipts = (page) => {
  const DIGEST = /^[0-9a-f]{16}$/;
  const WHEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

  /** `things` are the tasks with key, digest and number of checks; `ticks` what is done of them. */
  function made(things, ticks, by) {
    const done = things.flatMap(({ key, digest, checks }) => {
      const found = ticks[key];
      return found && found.at ? [{ key, digest, at: found.at, checked: (found.checks || []).length, checks }] : [];
    });
    const { target, model, sheet, since, instance } = page;
    return { receipt: 1, target, model, sheet, since, instance, by, at: new Date().toISOString(), things: things.length, done };
  }

  const sound = (each) => each && typeof each === "object" && typeof each.key === "string"
    && DIGEST.test(each.digest) && WHEN.test(each.at) && !Number.isNaN(Date.parse(each.at));

  /** The receipt in a text, or in words why it is none for this page. */
  function taken(text) {
    let found = null;
    try { found = JSON.parse(text); } catch { /* told below */ }
    if (!found || found.receipt !== 1 || !Array.isArray(found.done) || !found.done.every(sound))
      return "This is no receipt of a build sheet.";
    if (found.target !== page.target || found.model !== page.model) return "This receipt is for another model or platform.";
    if (found.instance && page.instance && found.instance !== page.instance) return "This receipt is for another instance.";
    if ((found.since || "") !== page.since) return "This receipt is for the way from another version.";
    return found;
  }

  return { made, taken };
};
