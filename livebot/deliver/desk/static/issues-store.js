// The inbox as this page knows it: the rows, how many there are, the terms, and the claims that it keeps alive.
import { alertFor, badge } from "./alert.js";
import { get, path, post } from "./api.js";
import { newKey } from "./issues-words.js";
import { useAgain, useEffect, useLive, useRef } from "./shell.js";

const PAGE = 50;
const MOST = 500;
const LEASE_S = 300;
const RENEW_MS = 60_000;
const AGAIN_MS = 10_000;
const SOON_MS = 400;
const TRIES = 4;
const URGENT = ["P0", "P1"];
const FRESH = ["received", "reopened"];

export const NO_FILTER = { room: "", category: "", priority: "", state: "", team: "", whose: "", done: false, search: "" };
export const isFiltered = (filter) => JSON.stringify(filter) !== JSON.stringify(NO_FILTER);

// As the API takes it. whose: "" | unclaimed | mine | overdue
export function query(filter) {
  const { whose, done, ...same } = filter;
  return { ...same, ...(whose && { [whose]: true }), ...(done && { done: true }) };
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// An act on an issue, tried again with the same key where the connection or the queue is lost: it is done once. Throws Problem.
export async function act(where, body = {}) {
  const key = newKey();
  for (let tried = 1; ; tried += 1) {
    try {
      return await post("/issues/" + where, { ...body, key });
    } catch (error) {
      if (![0, 503].includes(error.status) || tried === TRIES) throw error;
      await pause(500 * tried);
    }
  }
}

class Store {
  constructor(me) {
    this.me = me;
    this.rows = [];
    this.cursor = "";
    this.counts = null;
    this.terms = null;
    this.ready = false;
    this.skew = 0;
    this.tokens = new Map(); // id → the token of a claim of this page
    this.asked = 0;
  }

  get now() {
    return Date.now() + this.skew;
  }

  async fetch(filter) {
    const asked = ++this.asked;
    const limit = Math.min(MOST, Math.max(PAGE, this.rows.length));
    const [page, counts, terms] = await Promise.all([
      get("/issues", { ...query(filter), limit }), get("/issues/counts"), this.terms || get("/issues/terms"),
    ]);
    if (asked !== this.asked) return;
    Object.assign(this, { rows: page.items, cursor: page.cursor, counts, terms, ready: true, skew: page.now - Date.now() });
    this.settle(page.items);
    alertFor(counts.urgent);
    badge(counts.unclaimed);
  }

  async more(filter) {
    const page = await get("/issues", { ...query(filter), after: this.cursor, limit: PAGE });
    const known = new Set(this.rows.map(({ id }) => id));
    this.rows = [...this.rows, ...page.items.filter(({ id }) => !known.has(id))];
    this.cursor = page.cursor;
  }

  // What changed; it stays in its place until the list is fetched.
  told(list) {
    const latest = new Map(list.map((row) => [row.id, row]));
    this.rows = this.rows.map((row) => latest.get(row.id) || row);
    this.settle(list);
    alertFor(list.filter((row) => URGENT.includes(row.priority) && FRESH.includes(row.state) && !row.holder).map(({ id }) => id));
  }

  // A claim that is over is not renewed.
  settle(rows) {
    for (const row of rows) if (row.holder !== this.me.name) this.tokens.delete(row.id);
  }

  // Takes it or renews; the token goes with every later act. Throws Problem, with body.holder where somebody else has it.
  async claim(id, name = "claim") {
    const { token, lease_until } = await act(path`${id}/` + name, { lease: LEASE_S });
    this.tokens.set(id, token);
    return lease_until;
  }

  async renew() {
    for (const id of [...this.tokens.keys()]) {
      await this.claim(id).catch((error) => error.status === 409 && this.tokens.delete(id));
    }
  }
}

// The store, rendered anew as it changes. changed(ids): called with what the stream told, or null where anything may have.
export function useIssues(me, filter, changed) {
  const again = useAgain();
  const store = useRef();
  store.current ||= new Store(me);
  const mine = store.current;
  const wanted = useRef();
  wanted.current = filter;
  const soon = useRef();
  const latest = useRef();
  latest.current = changed;
  const refresh = () => mine.fetch(wanted.current).then(again);
  const quietly = () => !document.hidden && mine.ready && refresh().catch(() => {});
  useLive(["issue"], {
    reset: () => refresh().then(() => latest.current(null)),
    issue: (list) => {
      mine.told(list);
      again();
      latest.current(list.map(({ id }) => id));
      clearTimeout(soon.current);
      soon.current = setTimeout(() => refresh().catch(() => {}), SOON_MS);
    },
  });
  useEffect(() => { if (mine.ready) refresh().catch(() => {}); }, [JSON.stringify(filter)]);
  useEffect(() => {
    const timers = [setInterval(again, 1000), setInterval(quietly, AGAIN_MS), setInterval(() => mine.renew().then(again), RENEW_MS)];
    return () => timers.forEach(clearInterval);
  }, []);
  return Object.assign(mine, { refresh, loadMore: () => mine.more(wanted.current).then(again), again });
}
