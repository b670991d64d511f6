// Words of the moderators' page: what happened to a reply, and numbers that count down.
import { html, t, useEffect, useReducer } from "./shell.js";

const DID = {
  approve: ["通过了", "approved it"], edit: ["改写后通过了", "edited and approved it"], reject: ["决定不发", "rejected it"],
  aloud: ["标了主播口头说过", "marked it as answered aloud"], snooze: ["推后了", "put it off"], appeared: ["确认发出去了", "confirmed that it appeared"],
  lost: ["确认没发出去", "confirmed that it did not appear"], again: ["要求再发一次", "had it said again"], undo: ["撤回了", "took it back"],
};
const BECAME = {
  expired: ["过期了，没有发出", "it expired and was not said"], held: ["推后了，或者不在筛选里", "put off, or not in the filter"],
  queued: ["就要发出", "about to be said"], sending: ["正在发", "being said"], sent: ["已经发出", "it was said"], denied: ["不发了", "it was rejected"],
  refused: ["平台没有收", "the platform refused it"], in_doubt: ["不确定发没发出去", "nobody knows whether it appeared"],
  aloud: ["主播口头说过了", "answered aloud"], withdrawn: ["收回了", "withdrawn"],
};
const KINDS = { answer: ["回答", "answer"], ack: ["回执", "receipt"], nudge: ["提醒", "nudge"], follow_up: ["跟进", "follow-up"] };

export const didWords = (act) => t(...(DID[act] || [act, act]));
export const kindName = (kind) => t(...(KINDS[kind] || [kind, kind]));
export const whyWords = (card) => t(card.why_zh, card.why_en) || t("要人看一眼", "it wants a look");

// What became of a reply, in a sentence.
export function becameWords({ state, actor, act }) {
  if (actor && act) return t(`${actor} ${didWords(act)}`, `${actor} ${didWords(act)}`);
  const words = t(...(BECAME[state] || [state, state]));
  return actor ? `${actor}: ${words}` : words;
}

export const seconds = (left) => {
  const whole = Math.ceil(left);
  return whole < 100 ? t(`${whole} 秒`, `${whole} s`) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

// Renders its component again so often, and no other.
export function useTick(ms = 500) {
  const [, tick] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  }, [ms]);
}

// Seconds that run out; nobody is told each of them aloud.
export function Left({ held, at, soon = 10 }) {
  useTick();
  const left = held.until(at);
  return html`<span class="left ${left < soon ? "soon" : ""}" role="timer" aria-live="off">${seconds(left)}</span>`;
}

export const sizeWords = ({ length, limit, unit, messages }) => {
  const count = unit === "bytes" ? t(`${length}/${limit} 字节`, `${length}/${limit} bytes`) : t(`${length}/${limit} 字`, `${length}/${limit} characters`);
  if (!limit) return t("这里不能发言：请主播口头说，或者复制了自己发", "nothing can be written here: say it aloud, or copy it");
  if (!messages) return count + t(" · 太长", " · too long");
  return messages > 1 ? count + t(` · 分 ${messages} 条`, ` · ${messages} messages`) : count;
};
