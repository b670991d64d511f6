// Keyboard shortcuts: one registry, remappable, remembered by this browser. They are silent while somebody types.
import { keep, kept } from "./kept.js";

const actions = new Map(); // id → {id, zh, en, key, run}
const listeners = new Set();
let mapped = {};
try {
  mapped = JSON.parse(kept("keys") || "{}");
} catch {
  // somebody else's words: the defaults hold
}

export const keyOf = (id) => mapped[id] || actions.get(id)?.key || "";
export const all = () => [...actions.values()].map((action) => ({ ...action, key: keyOf(action.id) }));

// action({id, zh, en, key, run}): run(event) when the key is pressed; a key is what event.key says ("a", "Enter", "?"). Returns how to stop.
export function action(one) {
  actions.set(one.id, one);
  for (const listener of listeners) listener();
  return () => {
    if (actions.get(one.id) === one) actions.delete(one.id);
    for (const listener of listeners) listener();
  };
}

// Gives an action another key; false where another action has it. "" brings the first one back.
export function remap(id, key) {
  if (key && all().some((other) => other.id !== id && other.key === key)) return false;
  mapped = { ...mapped, [id]: key };
  if (!key) delete mapped[id];
  keep("keys", JSON.stringify(mapped));
  for (const listener of listeners) listener();
  return true;
}

export function onKeys(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const typing = (target) => target instanceof Element && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (["Enter", " "].includes(event.key) && event.target instanceof Element && event.target.closest("button, a, summary")) return;
  const found = all().find(({ key }) => key === event.key);
  if (found) {
    event.preventDefault();
    found.run(event);
  }
});
