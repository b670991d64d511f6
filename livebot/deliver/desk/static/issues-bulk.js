// One act on many issues: those that were picked, or all that match the filter; how many is said before anything is done.
import { get } from "./api.js";
import { act, query } from "./issues-store.js";
import { named } from "./issues-words.js";
import { attempt, html, notify, t, useEffect, useKey, useState } from "./shell.js";

// The answers of many, in a sentence: how many were done, and why the others were not.
export function tell(results) {
  const done = results.filter((one) => one.done).length;
  const why = new Map();
  for (const one of results) if (!one.done) why.set(one.why, (why.get(one.why) || 0) + 1);
  const left = [...why].slice(0, 3).map(([words, count]) => t(`${count} 条没做：${words}`, `${count} not: ${words}`));
  notify([t(`${done} 条做好了`, `${done} done`), ...left].join(t("；", "; ")), left.length ? "bad" : "good");
  return results;
}

export function Bulk({ store, filter, picked, setPicked, may }) {
  const [open, setOpen] = useState(false);
  const [what, setWhat] = useState("claim");
  const [state, setState] = useState("");
  const [text, setText] = useState("");
  const [count, setCount] = useState(0); // that match the filter
  const [busy, setBusy] = useState(false);
  const show = open || picked.size > 0;
  useKey({ id: "issue.bulk", zh: "批量", en: "Many at once", key: "b", run: () => setOpen(!open) });
  useEffect(() => {
    let over = false;
    if (show) get("/issues/matching", query(filter)).then((told) => !over && setCount(told.count), () => {});
    return () => { over = true; };
  }, [show, JSON.stringify(filter), store.counts?.open]);
  if (!may("all")) return null;
  if (!show) return html`<button onClick=${() => setOpen(true)}>${t("批量…", "Many at once…")} <kbd aria-hidden="true">b</kbd></button>`;
  const close = () => { setOpen(false); setPicked(new Set()); };
  const all = () => attempt(async () => {
    const told = await get("/issues/matching", query(filter));
    setPicked(new Set(told.ids));
    setCount(told.count);
    if (told.count > told.ids.length) notify(t(`一次最多 ${told.ids.length} 条，选中了最急的`, `at most ${told.ids.length} at once: the most urgent are selected`));
  });
  const states = Object.keys(store.terms?.states || {}).filter((code) => code !== "duplicate_of");
  const words = { claim: t("认领", "Claim"), state: t("改状态", "Move"), note: t("备注", "Note") };
  const run = async (event) => {
    event.preventDefault();
    setBusy(true);
    const done = await attempt(async () => tell((await act("all", { act: what, ids: [...picked], text, state })).results));
    if (done) close();
    await store.refresh().catch(() => {});
    setBusy(false);
  };
  const ready = picked.size && (what !== "state" || state) && (what !== "note" || text.trim());
  return html`<form class="bulk row" aria-label=${t("批量", "Many at once")} onSubmit=${run} onKeyDown=${(event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } }}>
    <strong role="status">${t(`选中 ${picked.size} 条`, `${picked.size} selected`)}</strong>
    <button type="button" onClick=${all}>${t(`全选符合筛选的 ${count} 条`, `Select all ${count} that match`)}</button>
    <label><span class="sr">${t("做什么", "What")}</span><select value=${what} onChange=${(event) => setWhat(event.target.value)}>${Object.entries(words).map(([code, word]) =>
      html`<option value=${code} selected=${code === what}>${word}</option>`)}</select></label>
    ${what === "state" && html`<label><span class="sr">${t("改成", "To")}</span><select required value=${state} onChange=${(event) => setState(event.target.value)}>
      <option value="">${t("改成…", "to…")}</option>${states.map((code) => html`<option value=${code} selected=${code === state}>${named(store.terms, "states", code)}</option>`)}</select></label>`}
    ${what !== "claim" && html`<label><span class="sr">${t("写什么", "Text")}</span><input maxlength="2000" value=${text} autocomplete="off" placeholder=${what === "note" ? t("备注", "note") : t("附言，可以不写", "remark, optional")}
      onInput=${(event) => setText(event.target.value)} /></label>`}
    <button class="main" disabled=${busy || !ready}>${t(`对 ${picked.size} 条${words[what]}`, `${words[what]} ${picked.size}`)}</button>
    <button type="button" onClick=${close}>${t("不做了", "Cancel")}</button></form>`;
}

// Links to all that match the filter as a file.
export function Files({ filter, may }) {
  if (!may("export", "GET")) return null;
  const link = (format) => `/api/v1/issues/export?${new URLSearchParams(Object.entries({ ...query(filter), format }).filter(([, value]) => value !== ""))}`;
  return html`<span class="files">${["csv", "json"].map((format) => html`<a href=${link(format)} download>${t("导出", "Export")} ${format.toUpperCase()}</a> `)}</span>`;
}
