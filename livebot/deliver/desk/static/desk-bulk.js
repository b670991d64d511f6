// The filter, and one act on all that match it: counted first, done to what was counted, taken back as one.
import { post } from "./api.js";
import { Key } from "./desk-card.js";
import { whyWords } from "./desk-words.js";
import { attempt, html, notify, shown, t, useEffect, useKey, useRef, useState } from "./shell.js";

export const NO_FILTER = { room: "", rule: "", why: "", text: "" };
export const isFiltered = (filter) => Object.values(filter).some(Boolean);
const ACTS = [["approve", "全部通过", "Approve all"], ["reject", "全部不发", "Reject all"], ["aloud", "都口头说过了", "All said aloud"], ["snooze", "全部推后 30 秒", "All later (30 s)"]];
const DONE = { approve: ["通过了", "approved"], reject: ["不发", "rejected"], aloud: ["标了口头说过", "marked as said aloud"], snooze: ["推后了", "put off"] };

const choices = (cards, name, chosen) => [...new Set([...cards.map((card) => card[name]), chosen])].filter(Boolean).sort();

export function FilterBar({ held, filter, setFilter, rooms }) {
  const first = useRef();
  const box = useRef();
  useKey({ id: "filter", zh: "筛选", en: "Filter", key: "/", run: () => { box.current.open = true; first.current.focus(); } });
  const put = (name) => (event) => setFilter({ ...filter, [name]: event.target.value });
  const words = Object.fromEntries(held.cards.map((card) => [card.why, whyWords(card)]));
  const select = (name, zh, en, all, say = (value) => value) => html`<label>${t(zh, en)}<select value=${filter[name]} onChange=${put(name)}>
    <option value="">${t("全部", "all")}</option>${all.map((value) => html`<option key=${value} value=${value}>${say(value).slice(0, 60)}</option>`)}</select></label>`;
  return html`<details class="filter" ref=${box} open=${isFiltered(filter)}><summary>${t("筛选", "Filter")}<${Key} id="filter" /></summary><div class="fields">
    <label>${t("回复里有", "Draft contains")}<input ref=${first} type="search" value=${filter.text} maxlength="100" onInput=${put("text")} onKeyDown=${(event) => event.key === "Escape" && event.target.blur()} /></label>
    ${rooms.length > 1 && select("room", "直播间", "Room", rooms)}
    ${select("rule", "规则", "Rule", choices(held.cards, "rule", filter.rule))}
    ${select("why", "为什么", "Why", choices(held.cards, "why", filter.why), (why) => words[why] || why)}
    ${isFiltered(filter) && html`<button onClick=${() => setFilter(NO_FILTER)}>${t("清空", "Clear")}</button>`}</div></details>`;
}

export function Bulk({ held, filter, may, added }) {
  const [preview, setPreview] = useState(null);
  const place = useRef();
  useEffect(() => setPreview(null), [JSON.stringify(filter)]);
  useEffect(() => { if (preview) place.current?.querySelector("button")?.focus(); }, [preview?.digest]);
  const look = () => held.total && attempt(async () => setPreview(await post("/held/preview", filter)));
  const act = (name) => attempt(async () => {
    const done = await post("/held/all", { filter, digest: preview.digest, act: name });
    setPreview(null);
    const n = done.ids.length;
    const words = t(`${n} 条${DONE[name][0]}`, `${n} ${DONE[name][1]}`);
    added({ words, batch: done.batch, ids: done.ids });
    if (done.left.length) notify(t(`${words}；${done.left.length} 条没动：${done.left[0].zh}`, `${words}; ${done.left.length} left alone: ${done.left[0].en}`), "bad");
    if (done.new) notify(t(`又来了 ${done.new} 条，没有动`, `${done.new} more came and were left alone`));
  });
  useKey({ id: "bulk", zh: "批量处理", en: "All at once", key: "b", run: look });
  if (!may("all")) return null;
  if (!preview) return html`<button disabled=${!held.total} onClick=${look}>${t("全选", "Select all")}<span class="wide"> ${t(`${held.total} 条`, held.total)}</span>…<${Key} id="bulk" /></button>`;
  const close = () => setPreview(null);
  return html`<div class="card bulk" ref=${place} role="group" aria-label=${t("批量处理", "All at once")} onKeyDown=${(event) => event.key === "Escape" && close()}>
    <p><strong>${isFiltered(filter) ? t(`符合筛选的 ${preview.count} 条：`, `${preview.count} that match the filter:`) : t(`全部 ${preview.count} 条：`, `All ${preview.count}:`)}</strong></p>
    <div class="row">${ACTS.map(([name, zh, en]) => html`<button key=${name} onClick=${() => act(name)}>${t(zh, en)}</button>`)}
    <button onClick=${close}>${t("算了", "Cancel")} <kbd aria-hidden="true">Esc</kbd></button></div>
    <p class="soft">${t("要依据的不会一起通过；做完几秒内可以撤回。", "What needs evidence is not approved in bulk; it can be taken back for some seconds.")}</p></div>`;
}
