// The reply that is being worked on: the comment in its context, the draft, why it waits, how long still, and a button for each act.
import { get, path } from "./api.js";
import { copied } from "./copying.js";
import { Editor } from "./desk-editor.js";
import { Left, becameWords, kindName, sizeWords, whyWords } from "./desk-words.js";
import { clock, html, shown, t, useEffect, useLayoutEffect, useRef, useState } from "./shell.js";
import { keyOf } from "./keys.js";

export const Key = ({ id }) => html` <kbd aria-hidden="true">${keyOf(id)}</kbd>`;

// What was said around, fetched once for each card and again when it changes.
function useContext(card) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    get(path`/held/${card.id}`, {}, { signal: stop.signal }).then(setFound, () => {});
    return () => stop.abort();
  }, [card.id, card.viewers]);
  return found?.card.id === card.id ? found : null;
}

function Context({ card }) {
  const found = useContext(card);
  if (!card.comment) return null;
  const wide = matchMedia("(min-width: 60rem)").matches;
  const others = (found?.askers || []).filter(({ seq }) => seq !== card.comment.seq);
  return html`<details class="around" open=${wide}><summary>${t("前后弹幕", "What was said around it")}</summary>
    <ol class="lines">${(found?.around || []).map((line) => html`<li key=${line.seq} class=${line.seq === card.comment.seq ? "it" : line.own ? "own" : ""}>
      <time>${clock(line.at)}</time> <b>${line.own ? "livebot" : shown(line.who || t("匿名", "anonymous"), 24)}</b> ${shown(line.text, 200)}</li>`)}</ol></details>
    ${others.length > 0 && html`<details class="around"><summary>${t(`还有谁问（${card.viewers} 人）`, `who else asked (${card.viewers})`)}</summary>
    <ol class="lines">${others.map((line) => html`<li key=${line.seq}><time>${clock(line.at)}</time> <b>${shown(line.who || t("匿名", "anonymous"), 24)}</b> ${shown(line.text, 200)}</li>`)}</ol></details>`}`;
}

function Verdict({ card }) {
  const { verdict, zh, en, article } = card.verdict;
  if (verdict === "ok" || (card.verdict.rule && card.why === `guard:${card.verdict.rule}`)) return null; // the reason says it already
  const head = verdict === "block" ? t("审查：不能这样说。", "Guard: this must not be said. ") : t("审查：要有依据才能说。", "Guard: this needs evidence. ");
  return html`<p class="warn">${head}${t(zh, en)}${article && `（${article}）`}</p>`;
}

function Others({ card, leases, me }) {
  const here = leases.filter(({ room, viewer, topic, by }) =>
    room === card.room && by !== me.name && (viewer ? viewer === card.comment?.viewer : topic === card.rule));
  return here.map(({ by, viewer, topic }) => html`<p class="warn" key=${by + viewer + topic}>${viewer
    ? t(`${by} 正在回答这位观众`, `${by} is answering this viewer`) : t(`${by} 正在回答这个话题`, `${by} is answering this topic`)}</p>`);
}

// Whether the draft cannot be said as it is.
export const isBlocked = (card) => card.verdict.verdict === "block" || !card.messages;

// Where livebot cannot write, a person may paste it.
function Copy({ text }) {
  const [done, setDone] = useState(false);
  useEffect(() => setDone(false), [text]);
  const copy = async (event) => setDone(await copied(text, event.target.closest(".now").querySelector(".draft .said")));
  return html`<button onClick=${copy}>${done ? t("已复制", "Copied") : t("复制", "Copy")}</button>`;
}

function Buttons({ card, may, run, busy }) {
  const blocked = isBlocked(card);
  const one = (id, name, zh, en, more = "") => may(name) && html`<button class=${more} disabled=${busy} onClick=${run[id]}>
    ${t(zh, en)}<${Key} id=${id} /></button>`;
  if (!card.limit) return html`<div class="acts" role="group" aria-label=${t("处理这一条", "This reply")}>
    ${one("aloud", "aloud", "口头说过了", "Said aloud", "main")}<${Copy} text=${card.text} />${one("reject", "reject", "不用说", "Not needed")}
    ${one("snooze", "snooze", "推后 30 秒", "Later (30 s)")}<button onClick=${run.next}>${t("下一条", "Next")}<${Key} id="next" /></button></div>`;
  return html`<div class="acts" role="group" aria-label=${t("处理这一条", "This reply")}>
    ${!blocked && one("approve", "approve", "通过", "Approve", "main")}${one("edit", "approve", "改写", "Edit", blocked ? "main" : "")}${one("reject", "reject", "不发", "Reject")}
    ${one("aloud", "aloud", "口头说过了", "Said aloud")}${one("snooze", "snooze", "推后 30 秒", "Later (30 s)")}${!blocked && one("teach", "teach", "通过并教会", "Approve & teach")}
    <button onClick=${run.next}>${t("下一条", "Next")}<${Key} id="next" /></button></div>`;
}

export function Meta({ card, held }) {
  return html`<p class="meta">${card.state === "held" && html`<${Left} held=${held} at=${card.expires_at} />`}
    ${card.viewers > 1 && html`<strong class="many">${t(`等 ${card.viewers} 人`, `${card.viewers} people`)}</strong>`}
    ${card.urged > 0 && html`<span>${t(`催了 ${card.urged} 次`, `urged ${card.urged}×`)}</span>`}
    <span>${shown(card.room, 40)}</span><span>${kindName(card.kind)} ${shown(card.rule, 60)}</span></p>`;
}

// card: as it was seen last; gone: what became of it meanwhile, or undefined; run: by the names of the acts.
export function Current({ card, gone, held, me, may, run, busy, editing }) {
  const place = useRef();
  useLayoutEffect(() => {
    const at = document.activeElement;
    const free = !at || at === document.body || place.current.contains(at) || at.id === "main";
    if (free && !editing) place.current.focus({ preventScroll: true });
  }, [card.id, !!gone, editing]);
  const limit = card.limit && !card.messages ? "error" : "soft";
  return html`<article class="card now" ref=${place} tabindex="-1" aria-label=${t("正在处理的一条", "The reply at hand")}>
    <${Meta} card=${card} held=${held} />
    ${card.comment && html`<blockquote>${shown(card.comment.text, 300)}<footer>${shown(card.comment.who || t("匿名", "anonymous"), 40)} · ${clock(card.comment.at)}</footer></blockquote>`}
    <p class="why"><span class="soft">${t("为什么要看：", "Why it waits: ")}</span>${whyWords(card)}${card.confidence !== null &&
      html` <span class="soft">${t(`把握 ${Math.round(card.confidence * 100)}%`, `${Math.round(card.confidence * 100)}% sure`)}</span>`}</p>
    <${Others} card=${card} leases=${held.leases} me=${me} />
    ${editing && !gone ? html`<${Editor} key=${card.id} card=${card} send=${run.send} close=${run.close} />` : html`
      <p class="draft"><span class="sr">${t("拟的回复：", "Draft: ")}</span>${shown(card.text, 1000)}</p>
      <p class=${limit}>${sizeWords(card)}</p><${Verdict} card=${card} />`}
    ${gone ? html`<p class="warn" role="alert">${t("这一条不用处理了：", "Nothing to do any more: ")}${shown(becameWords(gone), 300)}</p>
      <div class="acts"><button class="main" onClick=${run.next}>${t("下一条", "Next")}<${Key} id="next" /></button></div>`
    : !editing && html`<${Buttons} card=${card} may=${may} run=${run} busy=${busy} />`}
    <${Context} card=${card} /></article>`;
}
