// What surrounds every page: who you are, where you may go, whether the stream is up, and the red button.
import { del, get, post } from "./api.js";
import { setTitle, setSilent, silent } from "./alert.js";
import { clock, language, onLanguage, setLanguage, t } from "./i18n.js";
import { keep, kept } from "./kept.js";
import { action, all, keyOf, onKeys, remap } from "./keys.js";
import { listen, onConnection } from "./live.js";
import { html, render, useEffect, useReducer, useRef, useState } from "./vendor-htm-preact.js";
import { shown } from "./shown.js";

export * from "./vendor-htm-preact.js";
export { clock, language, shown, t };

const PAGES = [
  ["/desk", "场控", "Moderator"],
  ["/issues", "售后", "After-sales"],
  ["/stage", "主播", "Streamer"],
  ["/report", "报告", "Report"],
  ["/settings", "设置", "Settings"],
];
const ROLES = {
  viewer: ["旁观", "viewer"], streamer: ["主播", "streamer"], moderator: ["场控", "moderator"], "after-sales": ["售后", "after-sales"],
  supervisor: ["主管", "supervisor"], admin: ["管理员", "admin"], overlay: ["画面", "overlay"],
};
export const roleName = (role) => t(...(ROLES[role] || [role, role]));

const BLINK_MS = 1_000; // a shorter cut is none
const theme = kept("theme");
if (theme) document.documentElement.dataset.theme = theme;

// ── small things that every page uses ──────────────────────────────────────────

// Renders again when called, and at every change of the language.
export function useAgain() {
  const [, again] = useReducer((n) => n + 1, 0);
  useEffect(() => onLanguage(again), []);
  return again;
}

// The stream, for as long as the component is there: useLive(["reply"], {reset, reply}).
export function useLive(kinds, on) {
  const latest = useRef(on);
  latest.current = on;
  useEffect(() => {
    const passed = Object.fromEntries([...kinds, "status", "reset"].map((kind) => [kind, (told) => latest.current[kind]?.(told)]));
    return listen(kinds, passed);
  }, [kinds.join()]);
}

// A keyboard shortcut, for as long as the component is there: useKey({id, zh, en, key, run}).
export function useKey(one) {
  const latest = useRef(one);
  latest.current = one;
  useEffect(() => action({ ...one, run: (event) => latest.current.run(event) }), [one.id]);
}

let notices = [];
let showNotices = () => {};

// Tells something in a sentence, at the foot of the page, for a while. kind: "" | "good" | "bad".
export function notify(words, kind = "") {
  const mine = { words, kind };
  notices = [...notices.slice(-2), mine];
  showNotices();
  setTimeout(() => {
    notices = notices.filter((one) => one !== mine);
    showNotices();
  }, kind === "bad" ? 10_000 : 5_000);
}

// Does something and tells in words what went wrong; undefined then.
export async function attempt(work, done = "") {
  try {
    const told = await work();
    if (done) notify(done, "good");
    return told;
  } catch (error) {
    notify(error.words || String(error), "bad");
    if (!error.words) throw error;
  }
}

function Notices() {
  showNotices = useAgain();
  return html`<div class="notices" role="status" aria-live="polite">${notices.map(({ words, kind }) =>
    html`<p class="notice ${kind}">${shown(words, 400)}</p>`)}</div>`;
}

// ── the parts of the frame ─────────────────────────────────────────────────────

function RedButton({ me, frozen, setFrozen }) {
  const [sure, setSure] = useState(false);
  const may = (route) => me.may.includes(route);
  const press = () => attempt(async () => setFrozen((await post("/freeze")).frozen));
  const lift = () => attempt(async () => {
    setFrozen((await del("/freeze")).frozen);
    setSure(false);
  });
  useKey({ id: "freeze", zh: "红色按钮：停止发送", en: "Red button: stop sending", key: "!", run: press });
  if (!frozen) {
    return html`<button class="red" disabled=${!may("POST /api/v1/freeze")} onClick=${press}>${t("停止发送", "Stop sending")}</button>`;
  }
  if (!sure) {
    return html`<button class="red pressed" aria-pressed="true" disabled=${!may("DELETE /api/v1/freeze")} onClick=${() => setSure(true)}>
      ${t("已停止 · 解除…", "Stopped · lift…")}</button>`;
  }
  return html`<span class="row"><button onClick=${lift}>${t("确定，恢复发送", "Yes, send again")}</button>
    <button onClick=${() => setSure(false)}>${t("不", "No")}</button></span>`;
}

function Connection() {
  const [state, setState] = useState(null);
  const again = useAgain();
  useEffect(() => onConnection(setState), []);
  useEffect(() => {
    const timer = setTimeout(again, BLINK_MS + 50);
    return () => clearTimeout(timer);
  }, [state]);
  if (!state || state.up || Date.now() - state.since < BLINK_MS) return html`<span class="sr" role="status"></span>`;
  return html`<p class="cut" role="status">${t(`连接断了，从 ${clock(state.since)} 起；正在重连，不会漏。`,
    `Disconnected since ${clock(state.since)}; reconnecting, nothing will be missed.`)}</p>`;
}

function Status({ status }) {
  if (!status) return null;
  const down = [...Object.entries(status.rooms), ...Object.entries(status.parked)].filter(([, room]) => !["up", "starting"].includes(room.state));
  return html`${status.frozen && html`<p class="cut" role="status">${t("红色按钮按着：什么都不会发出去。", "The red button is pressed: nothing is sent.")}</p>`}
    ${status.queue === "down" && html`<p class="cut" role="status">${t("售后队列连不上，问题先记在日志里。", "The issue queue is away; issues wait in the journal.")}</p>`}
    ${down.map(([name, room]) => html`<p class="cut" role="status">${shown(name, 80)}: ${room.state} ${shown(room.detail || "", 200)}</p>`)}`;
}

function Menu({ me, again }) {
  const dialog = useRef();
  const close = (event) => {
    if (event.key !== "Escape" || !event.currentTarget.open) return;
    event.stopPropagation();
    event.currentTarget.open = false;
    event.currentTarget.firstElementChild.focus();
  };
  const isDark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const turn = () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    keep("theme", document.documentElement.dataset.theme);
    again();
  };
  const leave = () => attempt(async () => {
    await post("/logout");
    location.replace("/login");
  });
  const help = () => dialog.current.showModal();
  useKey({ id: "help", zh: "键盘", en: "Keyboard", key: "?", run: help });
  return html`<details class="menu" onKeyDown=${close}><summary><span>${shown(me.name, 40)} · ${roleName(me.role)}</span></summary><div class="sheet">
    <button onClick=${() => setLanguage(language() === "zh" ? "en" : "zh")} lang=${language() === "zh" ? "en" : "zh-CN"}>
      ${language() === "zh" ? "English" : "中文"}</button>
    <button onClick=${turn}>${isDark() ? t("浅色", "Light") : t("深色", "Dark")}</button>
    <button onClick=${() => { setSilent(!silent()); again(); }}>${silent() ? t("打开声音", "Sound on") : t("关掉声音", "Sound off")}</button>
    <button onClick=${help}>${t("键盘", "Keyboard")}</button>
    <button onClick=${leave}>${t("退出", "Log out")}</button></div></details>
    <dialog ref=${dialog} aria-label=${t("键盘", "Keyboard")}><${Keys} /><button onClick=${() => dialog.current.close()}>${t("关闭", "Close")}</button></dialog>`;
}

// The table of shortcuts; a click on a key and then another key changes it.
function Keys() {
  const again = useAgain();
  const [changing, setChanging] = useState("");
  useEffect(() => onKeys(again), []);
  const press = (event) => {
    if (!changing || ["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return;
    event.preventDefault();
    if (event.key !== "Escape" && !remap(changing, event.key)) notify(t("这个键已经用了", "that key is taken"), "bad");
    setChanging("");
  };
  return html`<h2>${t("键盘", "Keyboard")}</h2><table class="keys" onKeyDown=${press}><tbody>${all().map((one) => html`<tr>
    <th scope="row">${t(one.zh, one.en)}</th>
    <td><button onClick=${() => setChanging(one.id)} aria-label=${t(`换一个键：${one.zh}`, `change the key: ${one.en}`)}>
      <kbd>${changing === one.id ? t("按一个键…", "press a key…") : keyOf(one.id)}</kbd></button></td></tr>`)}</tbody></table>
    <p><button onClick=${() => all().forEach((one) => remap(one.id, ""))}>${t("恢复原样", "As it was")}</button></p>`;
}

function Frame({ me, now, place, Body }) {
  const again = useAgain();
  const [status, setStatus] = useState(now);
  const [frozen, setFrozen] = useState(now.frozen);
  useLive([], { status: (told) => { setStatus(told); setFrozen(told.frozen); } });
  const pages = PAGES.filter(([path]) => me.may.includes("GET " + path));
  const here = PAGES.find(([path]) => path === place);
  useEffect(() => setTitle(`${t(here[1], here[2])} · livebot`));
  return html`<a class="skip" href="#main">${t("到正文", "Skip to the content")}</a>
    <header><nav aria-label=${t("页面", "Pages")}>${pages.map(([path, zh, en]) =>
      html`<a href=${path} aria-current=${path === place ? "page" : undefined}>${t(zh, en)}</a>`)}</nav>
      <${RedButton} me=${me} frozen=${frozen} setFrozen=${setFrozen} /><${Menu} me=${me} again=${again} /></header>
    <${Connection} /><${Status} status=${status && { ...status, frozen }} />
    <main id="main" tabindex="-1"><h1>${t(here[1], here[2])}</h1><${Body} me=${me} status=${status} /></main><${Notices} />`;
}

// ── where a page begins ────────────────────────────────────────────────────────

export function mount(tree) {
  const place = document.createElement("div");
  place.id = "app";
  document.body.append(place);
  render(tree, place);
}

// A page of staff: start({path: "/desk", body: ({me, status}) => html`…`}).
export async function start({ path, body }) {
  try {
    const [me, now] = await Promise.all([get("/me"), get("/status")]);
    mount(html`<${Frame} me=${me} now=${now} place=${path} Body=${body} />`);
  } catch (error) {
    mount(html`<main><h1>livebot</h1><p class="error" role="alert">${error.words || String(error)}</p>
      <button onClick=${() => location.reload()}>${t("再试一次", "Try again")}</button></main>`);
  }
}
