// How the after-sales page says things: time left, what was done, and the terms that the server names.
import { t } from "./i18n.js";

const ACTS = {
  claim: ["认领", "claimed it"], takeover: ["接手", "took it over"], release: ["退回", "gave it back"], state: ["改状态", "moved it"],
  note: ["备注", "noted"], reply: ["在直播间说", "said in the room"], handover: ["交给", "handed it over to"], merge: ["并入了", "merged in"],
  unmerge: ["分开了", "unmerged"],
};
export const actWords = (act) => t(...(ACTS[act] || [act, act]));

// A span in one unit: "12 分", "12 min".
export function span(ms) {
  const s = Math.abs(ms) / 1000;
  if (s < 90) return t(`${Math.floor(s)} 秒`, `${Math.floor(s)} s`);
  if (s < 90 * 60) return t(`${Math.floor(s / 60)} 分`, `${Math.floor(s / 60)} min`);
  if (s < 36 * 3600) return t(`${Math.floor(s / 3600)} 小时`, `${Math.floor(s / 3600)} h`);
  return t(`${Math.floor(s / 86400)} 天`, `${Math.floor(s / 86400)} d`);
}

// Until its next clock runs out: {words, late}; null where none runs.
export function due(row, now) {
  if (!row.due_at) return null;
  const left = row.due_at - now;
  const what = row.due === "respond" ? t("接", "take up") : t("解决", "solve");
  const words = left >= 0 ? t(`还剩 ${span(left)}（${what}）`, `${span(left)} left to ${what}`) : t(`超时 ${span(left)}（没${what}）`, `${span(left)} late to ${what}`);
  return { words, late: left < 0 };
}

// The server's terms, with themselves for what it does not know.
export const named = (terms, kind, code) => t(terms?.[kind]?.[code]?.zh || code, terms?.[kind]?.[code]?.en || code);

// The same act asked for again, after a cut, is done once.
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
