// What must not be overlooked: a number in the tab's title, and one sound for each new P0 or P1, in one tab only.
import { keep, kept } from "./kept.js";

const heard = new Set((kept("alerted") || "").split(",").filter(Boolean));
let title = document.title;
let waiting = 0;

export const silent = () => kept("silent") === "1";
export const setSilent = (on) => keep("silent", on ? "1" : null);

export function setTitle(text) {
  title = text;
  document.title = waiting ? `(${waiting}) ${title}` : title;
}

// How many things wait for somebody here.
export function badge(count) {
  waiting = count;
  setTitle(title);
}

// One sound for those of the ids that made none yet, in whatever tab; returns whether there was one.
export function alertFor(ids) {
  for (const id of (kept("alerted") || "").split(",")) heard.add(id);
  const fresh = ids.filter((id) => !heard.has(id));
  if (!fresh.length) return false;
  for (const id of fresh) heard.add(id);
  keep("alerted", [...heard].slice(-500).join(","));
  if (!silent()) new Audio("/static/alert.wav").play().catch(() => {}); // a page that nobody has touched yet must be quiet
  return true;
}
