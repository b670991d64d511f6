// The held replies as this page knows them: fetched once, and then as the stream tells.
import { get } from "./api.js";
import { useAgain, useEffect, useLive, useRef } from "./shell.js";

const PAGE = 50;
const AGAIN_MS = 10_000; // who else asks the same is told nowhere: it is looked up
const LAPSED = { state: "expired", actor: "", act: "" };
const inOrder = (one, other) => one.expires_at - other.expires_at || (one.id < other.id ? -1 : 1);
const beyond = (after, card) => {
  const [at, id] = [Number(after.split("/")[0]), after.slice(after.indexOf("/") + 1)];
  return card.expires_at > at || (card.expires_at === at && card.id > id);
};

function matches(filter, card) {
  if (card.state !== "held" || (filter.room && card.room !== filter.room) || (filter.rule && card.rule !== filter.rule)) return false;
  if (filter.why && card.why !== filter.why && !card.why.startsWith(filter.why + ":")) return false;
  return !filter.text || card.text.toLowerCase().includes(filter.text.toLowerCase());
}

class Held {
  constructor() {
    Object.assign(this, { ready: false, cards: [], total: 0, after: null, putOff: 0, nextBack: null, leaving: [], doubts: [], leases: [] });
    this.skew = 0; // this computer's clock less livebot's
    this.gone = new Map(); // id → what became of it
    this.turn = 0;
    this.meanwhile = []; // told while a fetch is under way, whose answer may be older
    this.dealt = []; // and dealt with here
  }

  // Seconds until an instant of livebot's clock.
  until(at) {
    return Math.max(0, (at + this.skew - Date.now()) / 1000);
  }

  async fetch(filter) {
    const turn = ++this.turn;
    this.meanwhile = [];
    this.dealt = [];
    this.fetching = true;
    const limit = Math.min(200, Math.max(PAGE, this.cards.length));
    const [held, quiet] = await Promise.all([get("/held", { ...filter, limit }), get("/quiet")]);
    if (turn !== this.turn) return; // another filter was asked for since
    this.skew = Date.now() - held.now;
    const { cards, total, after, leaving, doubts } = held;
    for (const { id } of [...cards, ...doubts]) this.gone.delete(id);
    Object.assign(this, { ready: true, cards, total, after, leaving, doubts, putOff: held.put_off, nextBack: held.next_back, leases: quiet.leases });
    this.fetching = false;
    this.drop(this.dealt);
    this.told(this.meanwhile, filter);
  }

  async more(filter) {
    const held = await get("/held", { ...filter, after: this.after, limit: PAGE });
    const known = new Set(this.cards.map(({ id }) => id));
    this.cards = [...this.cards, ...held.cards.filter(({ id }) => !known.has(id))].sort(inOrder);
    this.after = held.after;
  }

  // What the stream tells: whole cards of what waits for a person, of the rest what it became.
  told(list, filter) {
    if (this.fetching) this.meanwhile.push(...list);
    for (const one of list) {
      const before = this.cards.find(({ id }) => id === one.id);
      if (before && before.version > one.version) continue;
      this.drop([one.id]);
      if (one.state === "in_doubt" && within(filter, one)) this.doubts = [...this.doubts, one];
      if (one.state === "queued" && one.text && within(filter, one)) this.leaving = [...this.leaving, one];
      const away = one.back_at && this.until(one.back_at) > 0;
      if (away) this.putOff += 1;
      if (matches(filter, one) && !away) {
        this.total += 1;
        this.gone.delete(one.id);
        if (!this.after || !beyond(this.after, one)) this.cards = [...this.cards, one].sort(inOrder);
      } else this.left(one);
    }
  }

  left(one) {
    this.gone.set(one.id, one);
    if (this.gone.size > 500) this.gone.delete(this.gone.keys().next().value);
  }

  drop(ids) {
    const others = ({ id }) => !ids.includes(id);
    const kept = this.cards.filter(others);
    this.total = Math.max(kept.length, this.total - (this.cards.length - kept.length));
    this.cards = kept;
    this.leaving = this.leaving.filter(others);
    this.doubts = this.doubts.filter(others);
  }

  // What the clock did; whether anything changed.
  lapse() {
    const over = this.cards.filter((card) => !this.until(card.expires_at));
    for (const card of over) this.left({ ...LAPSED, id: card.id, version: card.version });
    this.drop(over.map(({ id }) => id));
    const waiting = this.leaving.filter((card) => this.until(card.expires_at));
    const changed = over.length || waiting.length !== this.leaving.length;
    this.leaving = waiting;
    return changed;
  }
}

const within = (filter, card) => !filter.room || filter.room === card.room;

// {ready, cards, total, after, putOff, leaving, doubts, leases, gone, until(at), refresh(), more(), settled(ids)}, rendered anew as it changes.
export function useHeld(filter) {
  const again = useAgain();
  const held = useRef();
  held.current ||= new Held();
  const mine = held.current;
  const wanted = useRef(filter);
  wanted.current = filter;
  const refresh = () => mine.fetch(wanted.current).then(again);
  useLive(["card", "quiet"], {
    reset: refresh,
    card: (list) => { mine.told(list, wanted.current); again(); if (mine.after && mine.cards.length < PAGE / 2) refresh().catch(() => {}); },
    quiet: () => get("/quiet").then(({ leases }) => { mine.leases = leases; again(); }, () => {}),
  });
  useEffect(() => { if (mine.ready) refresh().catch(() => {}); }, [JSON.stringify(filter)]);
  useEffect(() => {
    const quietly = () => !document.hidden && mine.ready && refresh().catch(() => {});
    const timers = [setInterval(quietly, AGAIN_MS), setInterval(() => {
      if (mine.lapse()) again();
      if (mine.nextBack && !mine.until(mine.nextBack)) { mine.nextBack = null; quietly(); }
    }, 250)];
    return () => timers.forEach(clearInterval);
  }, []);
  return Object.assign(mine, {
    refresh,
    loadMore: () => mine.more(wanted.current).then(again),
    settled: (ids) => { mine.drop(ids); mine.dealt.push(...ids); again(); },
  });
}
