// One issue: what was said and around it, what may be done with it, and what was done.
import { HandOver, Merge, Note, Reply, Unmask } from "./issues-forms.js";
import { Due, Priority, holds } from "./issues-list.js";
import { actWords, named } from "./issues-words.js";
import { clock, html, shown, t, useEffect, useKey, useRef, useState } from "./shell.js";

export const DONE = ["resolved", "closed", "duplicate_of", "rejected"];

function Lines({ lines, label }) {
  return html`<ol class="lines" aria-label=${label}>${lines.map((line) => html`<li class=${line.it ? "it" : line.own ? "own" : ""} key=${line.at + line.who + line.text}>
    <time>${line.at ? clock(line.at) : ""}</time> <b>${shown(line.who, 40)}</b>${t("：", ": ")}${shown(line.text, 300)}${line.it && html` <span class="mark">← ${t("这条", "this one")}</span>`}</li>`)}</ol>`;
}

function Rows({ rows, store, choose }) {
  return html`<ul class="lines">${rows.map((row) => html`<li key=${row.id}><button class="plain" onClick=${() => choose(row.id)}>
    ${row.priority} ${named(store.terms, "states", row.state)} · ${shown(row.author, 30)}${t("：", ": ")}${shown(row.text, 80)}</button></li>`)}</ul>`;
}

function Evidence({ issue, store, choose }) {
  const { evidence } = issue;
  return html`<section><h3>${t("前后一分钟", "The minute around it")}</h3>
    ${evidence.why && html`<p class="soft">${evidence.why}</p>`}
    ${evidence.on_air && html`<p>${t("当时在讲：", "On air then: ")}<b>${shown(evidence.on_air, 100)}</b></p>`}
    ${evidence.around.length > 0 && html`<div class="scroll" tabindex="0" role="region" aria-label=${t("前后一分钟的弹幕", "Comments in the minute around it")}><${Lines} lines=${evidence.around} /></div>`}
    ${issue.also.length > 0 && html`<h3>${t(`还有谁这样说（${issue.also.length}）`, `Who else (${issue.also.length})`)}</h3><${Lines} lines=${issue.also.slice(0, 20)} />`}
    ${evidence.replies.length > 0 && html`<h3>${t("对这位观众说过的", "What was said to the viewer")}</h3><ol class="lines">${evidence.replies.map((one) =>
      html`<li key=${one.id}><time>${clock(one.at)}</time> ${shown(one.text)} <span class="soft">${SENT[one.state] ? t(...SENT[one.state]) : one.state}</span></li>`)}</ol>`}
    ${evidence.comments.length > 0 && html`<h3>${t("这位观众之前说的", "Earlier comments of the viewer")}</h3><${Lines} lines=${evidence.comments} />`}
    ${evidence.orders.length > 0 && html`<h3>${t("平台发来的订单消息", "What the platform told of their orders")}</h3><${Lines} lines=${evidence.orders} />`}
    ${evidence.issues.length > 0 && html`<h3>${t("这位观众的其他问题", "Other issues of the viewer")}</h3><${Rows} rows=${evidence.issues} store=${store} choose=${choose} />`}
    ${issue.merged.length > 0 && html`<h3>${t("并进来的", "Merged into this one")}</h3><${Rows} rows=${issue.merged} store=${store} choose=${choose} />`}</section>`;
}

const SENT = {
  sent: ["发出去了", "sent"], queued: ["等着发", "waiting"], held: ["等审核", "held"], denied: ["没通过", "denied"], expired: ["过期没发", "expired"],
  in_doubt: ["不确定发没发", "in doubt"], refused: ["平台没收", "refused"], sending: ["正在发", "sending"],
};

function History({ issue, store }) {
  if (!issue.history.length) return null;
  return html`<section><h3>${t("经过", "History")}</h3><ol class="lines">${issue.history.map((step, n) => html`<li key=${n}><time>${clock(step.at)}</time>${" "}
    <b>${shown(step.actor, 40)}</b> ${actWords(step.act)}${step.act === "handover" ? named(store.terms, "teams", step.note) : ""}
    ${step.before !== step.after && html` ${named(store.terms, "states", step.before)} → ${named(store.terms, "states", step.after)}`}
    ${step.note && step.act !== "handover" && html`<span class="soft"> ${shown(step.note, 2000)}</span>`}</li>`)}</ol></section>`;
}

// What may be done now, each by one key; what the table does not allow is not there.
export function choices(issue, me, may, terms) {
  const row = issue.item;
  const done = DONE.includes(row.state);
  const mine = row.holder === me.name;
  const free = !row.holder || mine;
  const states = issue.next.filter((state) => state !== "duplicate_of");
  return {
    claim: !done && !row.holder && may("claim"),
    takeOver: !done && !free && may("take-over"),
    release: mine && may("release"),
    states: free && row.state !== "duplicate_of" && may("state") ? states : [],
    note: may("note"),
    handOver: !done && free && Boolean(terms) && may("hand-over"),
    merge: row.state !== "duplicate_of" && may("merge"),
    unmerge: row.state === "duplicate_of" && may("unmerge"),
    reply: may("reply"),
    unmask: issue.masked.length > 0 && may("unmask"),
  };
}

function Key({ children }) {
  return html`<kbd aria-hidden="true">${children}</kbd>`;
}

function Buttons({ can, open, run, store, busy, note, setNote }) {
  const button = (on, key, words, does, kind = "") => on && html`<button class=${kind} disabled=${busy} onClick=${does}>${words} <${Key}>${key}<//></button>`;
  return html`<div class="acts">
    ${button(can.claim, "c", t("认领", "Claim"), run.claim, "main")}${button(can.takeOver, "c", t("接手", "Take over"), run.claim)}
    ${button(can.reply, "r", t("在直播间回复", "Reply in the room"), () => open("reply"))}${button(can.note, "n", t("备注", "Note"), () => open("note"))}
    ${button(can.handOver, "h", t("交给部门", "Hand over"), () => open("handOver"))}${button(can.merge, "m", t("并入别的", "Merge"), () => open("merge"))}
    ${button(can.unmerge, "m", t("分出来", "Unmerge"), run.unmerge)}${button(can.unmask, "v", t("看没打码的", "Unmask"), () => open("unmask"))}
    ${button(can.release, "g", t("退回", "Give back"), run.release)}</div>
    ${can.states.length > 0 && html`<div class="acts states" role="group" aria-label=${t("下一步", "Next state")}><span class="soft">${t("下一步：", "Next:")}</span>
      ${can.states.map((state, n) => html`<button key=${state} disabled=${busy} onClick=${() => run.move(state)}>${named(store.terms, "states", state)} <${Key}>${n + 1}<//></button>`)}
      <label class="why"><span class="sr">${t("附言，可以不写", "Remark, optional")}</span><input value=${note} maxlength="500" autocomplete="off"
        placeholder=${t("附言，可以不写", "remark, optional")} onInput=${(event) => setNote(event.target.value)} /></label></div>`}`;
}

const FORMS = { note: Note, reply: Reply, unmask: Unmask };

export function Detail({ issue, store, me, may, run, busy, picked, choose, back }) {
  const [form, setForm] = useState("");
  const [note, setNote] = useState("");
  const head = useRef();
  const row = issue.item;
  const can = choices(issue, me, may, store.terms);
  const open = (name) => can[name] && setForm(name);
  const close = () => { setForm(""); head.current?.focus({ preventScroll: true }); };
  const move = async (state) => { if (await run.move(state, note)) setNote(""); };
  useEffect(() => { setForm(""); setNote(""); }, [row.id]);
  const once = (what) => (event) => !event.repeat && what();
  useKey({ id: "issue.reply", zh: "在直播间回复", en: "Reply in the room", key: "r", run: once(() => open("reply")) });
  useKey({ id: "issue.note", zh: "备注", en: "Note", key: "n", run: once(() => open("note")) });
  useKey({ id: "issue.hand", zh: "交给部门", en: "Hand over", key: "h", run: once(() => open("handOver")) });
  useKey({ id: "issue.merge", zh: "并入、分出来", en: "Merge, unmerge", key: "m", run: once(() => (can.unmerge ? run.unmerge() : open("merge"))) });
  useKey({ id: "issue.unmask", zh: "看没打码的", en: "Read what is masked", key: "v", run: once(() => open("unmask")) });
  useKey({ id: "issue.release", zh: "退回", en: "Give back", key: "g", run: once(() => can.release && run.release()) });
  useKey({ id: "issue.back", zh: "回到列表", en: "Back to the list", key: "Escape", run: back });
  for (let n = 0; n < 6; n += 1) {
    useKey({ id: `issue.state${n + 1}`, zh: `下一步的第 ${n + 1} 个`, en: `Next state ${n + 1}`, key: String(n + 1), run: once(() => can.states[n] && move(can.states[n])) });
  }
  const Own = FORMS[form];
  const others = [...store.rows, ...issue.evidence.issues].filter((one, n, all) => one.id !== row.id && !DONE.includes(one.state)
    && (picked.has(one.id) || issue.evidence.issues.includes(one)) && all.findIndex(({ id }) => id === one.id) === n);
  return html`<article class="card detail" aria-label=${t("这个问题", "This issue")}><button class="back" onClick=${back}>${t("← 列表", "← List")}</button>
    <h2 ref=${head} tabindex="-1"><${Priority} row=${row} /> ${named(store.terms, "categories", row.category).slice(0, 40)}</h2>
    <p class="meta"><b class="state">${named(store.terms, "states", row.state)}</b><${Due} row=${row} now=${store.now} /><span>${shown(holds(row, me), 60)}</span>
      ${row.breached.length > 0 && html`<span class="late">${t("超过时限", "was too late")}</span>`}
      ${row.team && html`<span>${t("在", "with ")}${named(store.terms, "teams", row.team)}</span>`}
      ${row.viewers > 1 && html`<span class="many">${t(`等 ${row.viewers} 人`, `${row.viewers} viewers`)}</span>`}
      ${row.repeats > 0 && html`<span>${t(`又说了 ${row.repeats} 次`, `said again ${row.repeats}×`)}</span>`}
      <span>${shown(row.room, 80)}</span><time>${clock(row.created_at)}</time>
      ${row.receipt && html`<span>${t("凭证码 ", "code ")}<b>${shown(row.receipt, 20)}</b></span>`}<span class="soft">${shown(row.id.slice(0, 8), 8)}</span></p>
    <blockquote>${shown(row.text, 4000)}<footer>${shown(row.author, 200)}</footer></blockquote>
    ${row.duplicate_of && html`<p>${t("并到了 ", "Merged into ")}<button class="plain" onClick=${() => choose(row.duplicate_of)}>${row.duplicate_of.slice(0, 8)}</button></p>`}
    <${Buttons} can=${can} open=${open} run=${{ ...run, move }} store=${store} busy=${busy} note=${note} setNote=${setNote} />
    ${Own && html`<${Own} id=${row.id} issue=${issue} close=${close} />`}
    ${form === "handOver" && html`<${HandOver} terms=${store.terms} close=${close} send=${run.handOver} />`}
    ${form === "merge" && html`<${Merge} id=${row.id} rows=${others} picked=${picked} close=${close} done=${run.merged} />`}
    ${Object.keys(issue.handover).length > 0 && html`<section><h3>${t(`交给${named(store.terms, "teams", row.team)}时写的`, `Told to ${named(store.terms, "teams", row.team)}`)}</h3>
      <dl>${Object.entries(issue.handover).map(([code, text]) => html`<dt>${named(store.terms, "fields", code)}</dt><dd>${shown(text)}</dd>`)}</dl></section>`}
    <${Evidence} issue=${issue} store=${store} choose=${choose} /><${History} issue=${issue} store=${store} /></article>`;
}
