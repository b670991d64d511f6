// The two languages: the browser's choice until somebody switches. t("中文", "English") is called while rendering, so a switch shows at once.
import { keep, kept } from "./kept.js";

const KEY = "language";
const listeners = new Set();
let current = kept(KEY) || (navigator.languages.find((tag) => /^(zh|en)/i.test(tag)) || "zh").slice(0, 2).toLowerCase();
document.documentElement.lang = current === "zh" ? "zh-CN" : "en";

export const language = () => current;
export const t = (zh, en) => (current === "en" ? en : zh);

export function setLanguage(chosen) {
  current = chosen;
  keep(KEY, chosen);
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  for (const listener of listeners) listener();
}

// Calls back at every switch; returns how to stop that.
export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// An instant (Unix ms) as people read it: the time of day, with the date where it is not today.
export function clock(at) {
  const when = new Date(at);
  const today = when.toDateString() === new Date().toDateString();
  return when.toLocaleString(current === "zh" ? "zh-CN" : "en-GB", today ? { timeStyle: "medium" } : { dateStyle: "short", timeStyle: "short" });
}
