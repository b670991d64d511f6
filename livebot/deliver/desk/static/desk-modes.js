// How bold livebot is, by room and by rule, switched while it runs.
import { get, put } from "./api.js";
import { attempt, clock, html, shown, t, useEffect, useKey, useLive, useRef, useState } from "./shell.js";
import { Key } from "./desk-card.js";

const MODES = [["listen", "只听不说", "listen"], ["suggest", "拟稿等人", "suggest"], ["auto", "自动回答", "auto"]];
export const modeName = (mode) => t(...(MODES.find(([id]) => id === mode) || [mode, mode, mode]).slice(1));

function Choice({ name, one, set, off }) {
  return html`<span class="row" role="group" aria-label=${name}>${MODES.map(([id, zh, en]) => html`<button key=${id} disabled=${off} aria-pressed=${one.mode === id ? "true" : "false"}
    onClick=${() => one.mode !== id && set(id)}>${t(zh, en)}</button>`)}
    ${one.live && html`<button disabled=${off} onClick=${() => set("")}>${t(`照配置（${modeName(one.configured)}）`, `as configured (${modeName(one.configured)})`)}</button>`}</span>`;
}

export function Modes({ may }) {
  const [found, setFound] = useState(null);
  const [rule, setRule] = useState("");
  const dialog = useRef();
  const fetchThem = () => get("/modes").then(setFound);
  useLive(["mode"], { reset: fetchThem, mode: () => fetchThem().catch(() => {}) });
  const open = () => dialog.current?.showModal();
  useKey({ id: "modes", zh: "模式", en: "Modes", key: "m", run: open });
  const set = (room, mode, of = "") => attempt(async () => setFound(await put("/modes", { room, mode, rule: of })),
    t("换好了，马上生效", "Switched, in force at once"));
  if (!found) return null;
  const rooms = found.modes.filter((one) => !one.rule);
  const rules = found.modes.filter((one) => one.rule);
  const off = !may("modes");
  const kinds = [...new Set(rooms.map(({ mode }) => modeName(mode)))].join(" / ");
  const who = (one) => one.live && html` <span class="soft">${t(`${one.by} ${clock(one.at)} 换的`, `by ${one.by}, ${clock(one.at)}`)}</span>`;
  return html`<button onClick=${open}><span class="wide">${t("模式：", "Mode: ")}</span>${kinds}${rules.length ? t(` · ${rules.length} 条规则另设`, ` · ${rules.length} rules apart`) : ""}<${Key} id="modes" /></button>
    <dialog ref=${dialog} class="modes" aria-label=${t("模式", "Modes")}><h2>${t("每个直播间", "Every room")}</h2>
      ${rooms.map((one) => html`<p key=${one.room}>${shown(one.room, 60)}${who(one)}<br /><${Choice} name=${one.room} one=${one} off=${off} set=${(mode) => set(one.room, mode)} /></p>`)}
      <h2>${t("某一条规则另设", "One rule apart")}</h2>
      ${rules.map((one) => html`<p key=${one.room + one.rule}>${shown(one.rule, 60)} · ${shown(one.room, 40)}${who(one)}<br />
        <${Choice} name=${`${one.rule} ${one.room}`} one=${one} off=${off} set=${(mode) => set(one.room, mode, one.rule)} /></p>`)}
      <label>${t("规则", "Rule")}<select value=${rule} onChange=${(event) => setRule(event.target.value)}><option value="">${t("选一条…", "choose…")}</option>
        ${Object.keys(found.rules).sort().map((id) => html`<option key=${id} value=${id}>${id}</option>`)}</select></label>
      ${rule && html`<p><${Choice} name=${rule} one=${{ mode: rules.find((one) => one.rule === rule)?.mode || found.rules[rule], configured: found.rules[rule] }} off=${off} set=${(mode) => set("", mode, rule)} /></p>`}
      <p class="soft">${t("直播间和规则两个模式，按更小心的那个。调小心时，已经排队、没人批准过的会退回这里。",
        "Of a room's mode and a rule's the more careful counts. Turned down, what was queued by itself comes back here.")}</p>
      <button onClick=${() => dialog.current.close()}>${t("关闭", "Close")}</button></dialog>`;
}
