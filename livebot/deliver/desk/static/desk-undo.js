// Taking back: what I did last, as long as it can be, as a bar with its seconds.
import { useTick, seconds } from "./desk-words.js";
import { del, post } from "./api.js";
import { Key } from "./desk-card.js";
import { attempt, html, notify, shown, t, useAgain, useRef } from "./shell.js";

const MOST = 30;
const LONGEST_MS = 60_000;

// add({words, batch | taught, until (Unix ms of this computer)}) when something was done; undo() takes the last one back.
export function useUndo(back) {
  const again = useAgain();
  const done = useRef([]);
  const add = (one) => {
    done.current = [...done.current.slice(1 - MOST), { until: Date.now() + LONGEST_MS, ...one }];
    again();
  };
  const last = () => (done.current = done.current.filter(({ until }) => until > Date.now())).at(-1);
  const undo = async () => {
    const one = last();
    if (!one) return notify(t("没有可以撤回的", "There is nothing to take back"), "bad");
    done.current = done.current.filter((other) => other !== one);
    again();
    await attempt(async () => {
      if (one.taught) await del("/taught", one.taught);
      const told = one.batch ? await post("/held/undo", { batch: one.batch }) : { ids: [], late: [] };
      const late = told.late.length;
      notify(late ? t(`撤回了 ${told.ids.length} 条，${late} 条来不及了`, `took back ${told.ids.length}, too late for ${late}`) : t("撤回了", "Taken back"), late ? "bad" : "good");
      back(told.ids);
    });
  };
  return { add, undo, last };
}

export function UndoBar({ undo }) {
  useTick(250);
  const one = undo.last();
  return html`<div class=${one ? "undo" : "undo none"}><span role="status">${one && shown(one.words, 60)}</span>
    ${one && html`<span class="soft" aria-hidden="true">${seconds((one.until - Date.now()) / 1000)}</span>
    <button onClick=${undo.undo}>${t("撤回", "Take back")}<${Key} id="undo" /></button>`}</div>`;
}
