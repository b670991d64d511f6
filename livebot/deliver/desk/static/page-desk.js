// The moderators' page: one reply at hand, the others beside it; it never changes under the eye or the finger.
import { badge } from "./alert.js";
import { path, post } from "./api.js";
import { Bulk, FilterBar, NO_FILTER, isFiltered } from "./desk-bulk.js";
import { Current, isBlocked } from "./desk-card.js";
import { useHeld } from "./desk-held.js";
import { Doubts, Leaving, Nothing, Queue } from "./desk-list.js";
import { Modes } from "./desk-modes.js";
import { Teach } from "./desk-teach.js";
import { UndoBar, useUndo } from "./desk-undo.js";
import { didWords } from "./desk-words.js";
import { attempt, html, notify, start, t, useEffect, useKey, useRef, useState } from "./shell.js";

const SNOOZE_S = 30;
const MAY = {
  all: "POST /api/v1/held/all", undo: "POST /api/v1/held/undo", modes: "PUT /api/v1/modes",
};
const NAMES = ["approve", "reject", "aloud", "snooze", "settle", "again", "teach"];
for (const name of NAMES) MAY[name] = `POST /api/v1/held/{id}/${name}`;

// Which reply is at hand: it stays until somebody acts on it or goes on, also when it is gone.
function useChosen(held) {
  const [chosen, setChosen] = useState(null);
  const latest = chosen && held.cards.find(({ id }) => id === chosen.id);
  const gone = chosen && !latest ? held.gone.get(chosen.id) : undefined;
  if (latest && latest !== chosen) setChosen(latest);
  const first = held.cards[0];
  useEffect(() => {
    if (!chosen && first) setChosen(first);
  });
  const place = () => {
    const at = held.cards.findIndex((card) => chosen && (card.id === chosen.id || card.expires_at > chosen.expires_at));
    return at < 0 ? held.cards.length : at;
  };
  const step = (by) => {
    const { cards } = held;
    const here = latest ? place() + by : by < 0 ? place() - 1 : place();
    setChosen(cards.length ? cards[(here + cards.length) % cards.length] : null);
  };
  // the next one in the place of those that were just dealt with
  const after = (ids) => {
    const rest = held.cards.filter(({ id }) => !ids.includes(id));
    setChosen(rest.find((card) => chosen && card.expires_at >= chosen.expires_at) || rest[0] || null);
  };
  return { chosen: latest || chosen, gone, setChosen, step, after };
}

function Body({ me, status }) {
  const [filter, setFilter] = useState(NO_FILTER);
  const [editing, setEditing] = useState(false);
  const [teaching, setTeaching] = useState(false);
  const [busy, setBusy] = useState(false);
  const doing = useRef(false);
  const held = useHeld(filter);
  const { chosen, gone, setChosen, step, after } = useChosen(held);
  const may = (name) => me.may.includes(MAY[name]);
  const undo = useUndo((ids) => held.refresh().then(() => setChosen(held.cards.find(({ id }) => ids.includes(id)) || chosen)));
  useEffect(() => badge(held.total + held.doubts.length));

  // Does it, once at a time, and goes on to the next; "confirm" where somebody must vouch for the text first.
  const act = async (name, body = {}, card = chosen) => {
    if (!card || doing.current || !may(name) || (card.id === chosen?.id && gone)) return;
    doing.current = true;
    setBusy(true);
    try {
      const done = await post(path`/held/${card.id}/${name}`, { version: card.version, ...body });
      const until = done.act === "snooze" || !done.at ? card.expires_at + held.skew : done.at + held.skew;
      undo.add({ words: t(`你${didWords(done.act)}：${card.text}`, `You ${didWords(done.act)}: ${card.text}`), batch: done.batch, until });
      if (card.id === chosen?.id) {
        setEditing(false);
        after(done.ids);
      }
      held.settled(done.ids);
      return done;
    } catch (error) {
      if (error.status === 428) return "confirm";
      if (!error.words) throw error;
      notify(error.words, "bad");
      if (error.status === 409) await held.refresh().catch(() => {});
    } finally {
      doing.current = false;
      setBusy(false);
    }
  };
  const settle = (card, appeared) => card && attempt(async () => {
    await post(path`/held/${card.id}/settle`, { version: card.version, appeared });
    held.settled([card.id]);
  }, appeared ? t("记下了：发出去了", "Noted: it appeared") : t("记下了：没发出去", "Noted: it did not appear"));
  const again = (card) => attempt(async () => {
    await settle(card, false);
    const done = await post(path`/held/${card.id}/again`);
    undo.add({ words: t(`再发一次：${card.text}`, `Again: ${card.text}`), batch: done.batch, until: done.at + held.skew });
  });
  const takeBack = (card) => attempt(async () => {
    const told = await post("/held/undo", { reply: card.id });
    await held.refresh();
    setChosen(held.cards.find(({ id }) => told.ids.includes(id)) || chosen);
  }, t("撤回了", "Taken back"));
  const bulkDone = ({ ids, ...one }) => {
    undo.add(one);
    after(ids);
    held.settled(ids);
  };
  const taught = async (told) => {
    setTeaching(false);
    undo.add({ words: t(`教会了：${told.phrasing}`, `Taught: ${told.phrasing}`), taught: { rule: told.rule, phrasing: told.phrasing } });
    await act("approve");
  };
  const approve = async () => {
    if (chosen && !chosen.limit) notify(t("这里不能发言：请主播口头说，说过了按“口头说过了”", "Nothing can be written here: have it said aloud"), "bad");
    else if (chosen && isBlocked(chosen)) run.edit();
    else if ((await act("approve")) === "confirm") setEditing(true);
  };
  const run = {
    approve, reject: () => act("reject"), aloud: () => act("aloud"), snooze: () => act("snooze", { seconds: SNOOZE_S }),
    edit: () => chosen && chosen.limit && !gone && may("approve") && setEditing(true),
    teach: () => chosen && !gone && may("teach") && chosen.comment && !isBlocked(chosen) && setTeaching(true),
    next: () => step(1), previous: () => step(-1), undo: undo.undo,
    send: async (text, confirmed) => (await act("approve", { text, confirmed })) === "confirm",
    close: () => setEditing(false),
  };
  useEffect(() => { setEditing(false); setTeaching(false); }, [chosen?.id]);
  useKeys(run, held, settle);
  const choose = (card) => {
    setChosen(card);
    if (matchMedia("(max-width: 60rem)").matches) scrollTo({ top: 0 }); // the reply at hand is above the list
  };
  const rooms = Object.keys(status?.rooms || {});
  const filtered = isFiltered(filter);
  return html`<p class="sr" role="status">${held.ready && t(`等审核 ${held.total} 条`, `${held.total} wait for approval`)}</p>
    <div class="bar row"><strong class="count">${held.ready ? t(`等审核 ${held.total} 条`, `${held.total} waiting`) : t("正在取…", "fetching…")}</strong>
      ${held.putOff > 0 && html`<span class="soft">${t(`推后 ${held.putOff} 条`, `${held.putOff} put off`)}</span>`}
      <${Modes} may=${may} /><${FilterBar} held=${held} filter=${filter} setFilter=${setFilter} rooms=${rooms} />
      <${Bulk} held=${held} filter=${filter} may=${may} added=${bulkDone} /><${UndoBar} undo=${undo} /></div>
    <div class="two"><div class="hand">
      ${chosen ? html`<${Current} card=${chosen} gone=${gone} held=${held} me=${me} may=${may} run=${run} busy=${busy} editing=${editing} />`
        : held.ready && html`<${Nothing} held=${held} filtered=${filtered} clear=${() => setFilter(NO_FILTER)} />`}
      <${Leaving} held=${held} may=${may} undo=${takeBack} /></div>
    <div class="side"><${Doubts} held=${held} may=${may} settle=${settle} again=${again} />
      <${Queue} held=${held} chosen=${chosen?.id} choose=${choose} /></div></div>
    ${teaching && chosen && html`<${Teach} card=${chosen} done=${taught} close=${() => setTeaching(false)} />`}`;
}

// One key each; a key that is held down acts once.
function useKeys(run, held, settle) {
  const once = (what) => (event) => !event.repeat && what();
  useKey({ id: "approve", zh: "通过", en: "Approve", key: "a", run: once(run.approve) });
  useKey({ id: "edit", zh: "改写后通过", en: "Edit and approve", key: "e", run: once(run.edit) });
  useKey({ id: "reject", zh: "不发", en: "Reject", key: "r", run: once(run.reject) });
  useKey({ id: "aloud", zh: "口头说过了", en: "Said aloud", key: "s", run: once(run.aloud) });
  useKey({ id: "snooze", zh: "推后 30 秒", en: "Later (30 s)", key: "z", run: once(run.snooze) });
  useKey({ id: "next", zh: "下一条", en: "Next", key: "j", run: run.next });
  useKey({ id: "previous", zh: "上一条", en: "Previous", key: "k", run: run.previous });
  useKey({ id: "undo", zh: "撤回", en: "Take back", key: "u", run: once(run.undo) });
  useKey({ id: "teach", zh: "通过并教会", en: "Approve and teach", key: "t", run: once(run.teach) });
  useKey({ id: "appeared", zh: "不确定的：看到了", en: "In doubt: it appeared", key: "y", run: once(() => settle(held.doubts[0], true)) });
  useKey({ id: "lost", zh: "不确定的：没看到", en: "In doubt: it did not", key: "n", run: once(() => settle(held.doubts[0], false)) });
}

start({ path: "/desk", body: Body });
