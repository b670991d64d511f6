// What changes, as it changes: listen(["reply"], {reset: (kinds) => fetch it all, reply: (list) => …}). One stream for all tabs.
import { toLogin } from "./api.js";
import { Stream } from "./stream.js";

const AGAIN_MS = 2_000;
const listeners = new Set();
const watchers = new Set();
const token = new URLSearchParams(location.search).get("token") || "";
let connection = { up: false, since: Date.now() };
let status = null;
let want = null; // tells which kinds this tab wants

function hear(told) {
  if (told.out && !token) toLogin();
  if (told.again) ask();
  if (told.frame) {
    status = told.frame.status || status;
    for (const one of listeners) {
      for (const kind of told.frame.reset || []) if (one.kinds.includes(kind)) one.owed.add(kind);
      if (one.busy) one.waiting.push(told.frame);
      else apply(one, told.frame);
    }
  }
  if (told.connection) {
    connection = told.connection;
    for (const watcher of watchers) watcher(connection);
  }
  if (told.frame || connection.up) listeners.forEach(settle);
}

function apply(one, frame) {
  for (const kind of [...one.kinds, "status"]) if (kind in frame) one.on[kind]?.(frame[kind]);
}

// Lets a listener fetch what it is owed; what changes meanwhile is told afterwards, and a fetch that failed is tried again.
function settle(one) {
  if (!one.owed.size || one.busy || !listeners.has(one)) return;
  const kinds = [...one.owed];
  one.owed.clear();
  one.busy = Promise.resolve()
    .then(() => one.on.reset?.(kinds))
    .catch(() => {
      for (const kind of kinds) one.owed.add(kind);
      setTimeout(() => settle(one), AGAIN_MS);
      return "failed";
    })
    .then((how) => {
      one.busy = null;
      for (const frame of one.waiting.splice(0)) apply(one, frame);
      if (how !== "failed") settle(one);
    });
}

function connect() {
  if (token || !("SharedWorker" in window)) {
    const stream = new Stream(hear, token);
    return (kinds) => stream.want(new Set(kinds));
  }
  const worker = new SharedWorker("/static/stream-worker.js", { type: "module", name: "livebot" });
  worker.port.onmessage = ({ data }) => hear(data);
  addEventListener("pagehide", () => worker.port.postMessage({ bye: true }));
  addEventListener("pageshow", (event) => event.persisted && ask());
  return (kinds) => worker.port.postMessage({ kinds });
}

function ask() {
  want ||= connect();
  want([...new Set([...listeners].flatMap(({ kinds }) => kinds))]);
}

// on: a function per kind, on.status, and on.reset(kinds), called first of all and whenever something may have been missed: it fetches, and
// returns the promise. Returns how to stop.
export function listen(kinds, on) {
  const me = { kinds, on, owed: new Set(kinds), waiting: [], busy: null };
  listeners.add(me);
  ask();
  if (status) on.status?.(status);
  if (connection.up) settle(me);
  return () => {
    listeners.delete(me);
    ask();
  };
}

// {up, since (Unix ms)}, now and at every change; returns how to stop.
export function onConnection(watcher) {
  watchers.add(watcher);
  watcher(connection);
  return () => watchers.delete(watcher);
}
