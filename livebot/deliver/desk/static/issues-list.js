// The inbox: filters with their counts, a search, and the issues, the most urgent first.
import { due, named, span } from "./issues-words.js";
import { html, shown, t, useEffect, useKey, useRef, useState } from "./shell.js";
import { NO_FILTER, isFiltered } from "./issues-store.js";

const SEARCH_MS = 300;
const WHOSE = [["", "全部", "All", "open"], ["unclaimed", "没人认领", "Unclaimed", "unclaimed"], ["mine", "我的", "Mine", "mine"], ["overdue", "超时", "Overdue", "overdue"]];

function Choice({ label, value, counts, name, choose }) {
  const known = Object.entries(counts || {});
  if (value && !known.some(([code]) => code === value)) known.push([value, 0]);
  return html`<label><span class="sr">${label}</span><select value=${value} onChange=${(event) => choose(event.target.value)}>
    <option value="">${label}</option>
    ${known.map(([code, count]) => html`<option value=${code} selected=${code === value}>${name(code).slice(0, 40)} (${count})</option>`)}</select></label>`;
}

export function Filters({ store, filter, setFilter }) {
  const { counts, terms } = store;
  const box = useRef();
  const later = useRef();
  const [wide] = useState(() => matchMedia("(min-width: 60rem)").matches);
  const [word, setWord] = useState(filter.search);
  const set = (some) => setFilter({ ...filter, ...some });
  useEffect(() => { if (!filter.search) setWord(""); }, [filter.search]);
  useKey({ id: "search", zh: "搜索", en: "Search", key: "/", run: () => box.current.focus() });
  const type = (event) => {
    const text = event.target.value;
    setWord(text);
    clearTimeout(later.current);
    later.current = setTimeout(() => set({ search: text.trim() }), SEARCH_MS);
  };
  const states = { ...counts?.states, ...(filter.done ? counts?.done : {}) };
  return html`<div class="filters"><div class="row" role="group" aria-label=${t("看哪些", "Which")}>${WHOSE.map(([code, zh, en, count]) =>
      html`<button aria-pressed=${String(filter.whose === code)} onClick=${() => set({ whose: code })}>${t(zh, en)} ${counts ? counts[count] : ""}</button>`)}</div>
    <label class="word"><span class="sr">${t("搜索内容、昵称、编号、凭证码", "Search text, names, ids, codes")}</span>
      <input ref=${box} type="search" value=${word} onInput=${type} placeholder=${t("搜内容、昵称、编号、凭证码", "text, name, id, code")} /></label>
    <details class="choices" open=${wide}><summary>${t("筛选", "Filters")}${isFiltered(filter) ? t("（在用）", " (in use)") : ""}</summary><div class="row">
    <${Choice} label=${t("所有直播间", "All rooms")} value=${filter.room} counts=${counts?.rooms} name=${(code) => code} choose=${(room) => set({ room })} />
    <${Choice} label=${t("所有类别", "All categories")} value=${filter.category} counts=${counts?.categories}
      name=${(code) => named(terms, "categories", code)} choose=${(category) => set({ category })} />
    <${Choice} label=${t("所有紧急程度", "All priorities")} value=${filter.priority} counts=${counts?.priorities} name=${(code) => code} choose=${(priority) => set({ priority })} />
    <${Choice} label=${t("所有状态", "All states")} value=${filter.state} counts=${states}
      name=${(code) => named(terms, "states", code)} choose=${(state) => set({ state })} />
    <${Choice} label=${t("所有部门", "All teams")} value=${filter.team} counts=${counts?.teams}
      name=${(code) => named(terms, "teams", code)} choose=${(team) => set({ team })} />
    <label class="tick"><input type="checkbox" checked=${filter.done} onChange=${(event) => set({ done: event.target.checked })} /> ${t("也看做完的", "Done ones too")}</label>
    ${isFiltered(filter) && html`<button onClick=${() => setFilter(NO_FILTER)}>${t("清除筛选", "Clear")}</button>`}</div></details></div>`;
}

// A clock in words; colour only says it again.
export function Due({ row, now }) {
  const found = due(row, now);
  return found && html`<span class=${found.late ? "due late" : "due"}>${found.late && html`<span aria-hidden="true">⚠ </span>`}${found.words}</span>`;
}

export function Priority({ row }) {
  return html`<span class="priority ${["P0", "P1"].includes(row.priority) ? "high" : ""}">${row.priority.slice(0, 8)}</span>`;
}

export const holds = (row, me) => !row.holder ? t("没人认领", "nobody has it") : row.holder === me.name ? t("我在处理", "mine") : t(`${row.holder} 在处理`, `${row.holder} has it`);

export function List({ store, me, chosen, choose, picked, pick }) {
  const list = useRef();
  useEffect(() => { list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }); }, [chosen]);
  if (!store.ready) return html`<p class="soft">${t("正在取…", "fetching…")}</p>`;
  if (!store.rows.length) return html`<p class="empty soft">${t("没有这样的问题。", "There are no such issues.")}</p>`;
  return html`<ol class="inbox" ref=${list} aria-label=${t("问题，最急的在前", "Issues, the most urgent first")}>${store.rows.map((row) => html`<li key=${row.id}>
    <label class="tick"><input type="checkbox" checked=${picked.has(row.id)} onChange=${() => pick(row.id)} aria-label=${t("选中：", "Select: ") + row.text.slice(0, 60)} /></label>
    <button aria-current=${row.id === chosen ? "true" : undefined} onClick=${() => choose(row.id)}>
      <span class="top"><${Priority} row=${row} /><b>${named(store.terms, "categories", row.category).slice(0, 40)}</b>
        <span class="state">${named(store.terms, "states", row.state).slice(0, 40)}</span><${Due} row=${row} now=${store.now} />
        ${row.viewers > 1 && html`<span class="many">${t(`等 ${row.viewers} 人`, `${row.viewers} viewers`)}</span>`}</span>
      <span class="then">${shown(row.author, 40)}${t("：", ": ")}${shown(row.text, 160)}</span>
      <span class="foot">${shown(row.room, 40)} · ${t(`${span(store.now - row.created_at)}前`, `${span(store.now - row.created_at)} ago`)} · ${shown(holds(row, me), 60)}</span></button></li>`)}</ol>
    ${store.cursor && html`<button onClick=${store.loadMore}>${t("再看一些", "More")}</button>`}`;
}
