// The after-sales page: the inbox of all rooms, one issue beside it, and what staff do with it.
import { get, path } from "./api.js";
import { Bulk, Files, tell } from "./issues-bulk.js";
import { DONE, Detail } from "./issues-detail.js";
import { Filters, List } from "./issues-list.js";
import { NO_FILTER, act, useIssues } from "./issues-store.js";
import { attempt, html, start, t, useEffect, useKey, useRef, useState } from "./shell.js";

// The issue that is looked at; it stays until another one is chosen, whatever the list does.
function useChosen(me, store) {
  const [chosen, setChosen] = useState("");
  const [issue, setIssue] = useState(null);
  const wanted = useRef("");
  wanted.current = chosen;
  const load = async (id = wanted.current) => {
    if (!id) return;
    const told = await get(path`/issues/${id}`);
    if (wanted.current !== id) return;
    store.current?.settle([told.item]);
    setIssue(told);
    // a claim of mine from before this page was opened: renewing it gives its token
    if (told.item.holder === me.name && !store.current?.tokens.has(id)) await store.current?.claim(id).catch(() => {});
  };
  useEffect(() => {
    if (chosen) attempt(() => load(chosen));
    else setIssue(null);
  }, [chosen]);
  return { chosen, setChosen, issue: issue?.item.id === chosen ? issue : null, load };
}

function useActs(chosen, store, may, load) {
  const [busy, setBusy] = useState(false);
  const doing = useRef(false);
  // Does it, once at a time, and shows what came of it; undefined where it was refused.
  const once = async (work, words = "") => {
    if (!chosen || doing.current) return undefined;
    doing.current = true;
    setBusy(true);
    const done = await attempt(work, words);
    await Promise.allSettled([load(), store.refresh()]);
    doing.current = false;
    setBusy(false);
    return done;
  };
  const token = () => store.tokens.get(chosen) || "";
  const let_go = (told) => { store.tokens.delete(chosen); return told; };
  return { busy, run: {
    claim: (row) => once(() => store.claim(chosen, row?.holder ? "take-over" : "claim"), t("归你处理了", "It is yours")),
    release: () => once(async () => let_go(await act(path`${chosen}/release`, { token: token() })), t("退回了", "Given back")),
    move: (state, note = "") => once(() => act(path`${chosen}/state`, { state, note, token: token() })),
    unmerge: () => once(() => act(path`${chosen}/unmerge`), t("分出来了", "Unmerged")),
    handOver: (team, told) => once(async () => let_go(await act(path`${chosen}/hand-over`, { team, told, token: token() })), t("交过去了", "Handed over")),
    merged: (results) => once(() => tell(results)),
  } };
}

function Body({ me }) {
  const [filter, setFilter] = useState(NO_FILTER);
  const [picked, setPicked] = useState(new Set());
  const kept = useRef(null);
  const { chosen, setChosen, issue, load } = useChosen(me, kept);
  const store = useIssues(me, filter, (ids) => { if (chosen && (!ids || ids.includes(chosen))) load().catch(() => {}); });
  kept.current = store;
  const may = (name, method = "POST") => me.may.includes(`${method} /api/v1/issues/${["all", "export"].includes(name) ? "" : "{id}/"}${name}`);
  const { busy, run } = useActs(chosen, store, may, load);
  const scrolled = useRef(0);
  const choose = (id) => {
    if (!chosen) scrolled.current = scrollY;
    setChosen(id);
  };
  const back = () => {
    setChosen("");
    requestAnimationFrame(() => scrollTo(0, scrolled.current));
  };
  const pick = (id) => setPicked((before) => { const next = new Set(before); next.delete(id) || next.add(id); return next; });
  const step = (by) => {
    const at = store.rows.findIndex(({ id }) => id === chosen);
    const next = store.rows[at < 0 ? 0 : Math.min(store.rows.length - 1, Math.max(0, at + by))];
    if (next) choose(next.id);
  };
  useKey({ id: "next", zh: "下一条", en: "Next", key: "j", run: () => step(1) });
  useKey({ id: "previous", zh: "上一条", en: "Previous", key: "k", run: () => step(-1) });
  useKey({ id: "issue.pick", zh: "选中（批量、并入）", en: "Select (for many at once, merging)", key: "x", run: (event) => !event.repeat && chosen && pick(chosen) });
  const own = { ...run, claim: () => run.claim(issue?.item) };
  // also before the issue has come: whoever moves and claims in one go is understood
  const claim = () => {
    const row = issue?.item || store.rows.find(({ id }) => id === chosen);
    const name = row?.holder ? "take-over" : "claim";
    if (row && row.holder !== me.name && !DONE.includes(row.state) && may(name)) run.claim(row);
  };
  useKey({ id: "issue.claim", zh: "认领（主管：接手）", en: "Claim (supervisor: take over)", key: "c", run: (event) => !event.repeat && claim() });
  return html`<p class="sr" role="status">${store.ready && t(`${store.counts.unclaimed} 条没人认领，${store.counts.overdue} 条超时`, `${store.counts.unclaimed} unclaimed, ${store.counts.overdue} overdue`)}</p>
    <div class=${chosen ? "two open" : "two"}><div class="side"><${Filters} store=${store} filter=${filter} setFilter=${setFilter} />
      <div class="row many-at-once"><${Bulk} store=${store} filter=${filter} picked=${picked} setPicked=${setPicked} may=${may} /><${Files} filter=${filter} may=${may} /></div>
      <${List} store=${store} me=${me} chosen=${chosen} choose=${choose} picked=${picked} pick=${pick} /></div>
    <div class="hand">${issue && store.ready
      ? html`<${Detail} key=${issue.item.id} issue=${issue} store=${store} me=${me} may=${may} run=${own} busy=${busy} picked=${picked} choose=${choose} back=${back} />`
      : html`<p class="card soft nothing">${chosen ? html`<button class="back" onClick=${back}>${t("← 列表", "← List")}</button> ${t("正在取…", "fetching…")}`
        : t("选一条看它的前因后果。j、k 上下，c 认领，? 看全部键。", "Choose an issue to see it whole. j and k move, c claims, ? shows all keys.")}</p>`}</div></div>`;
}

start({ path: "/issues", body: Body });
