// Editing a draft: judged while it is typed; meanwhile livebot is quiet towards that viewer and on that topic.
import { del, path, post, put } from "./api.js";
import { sizeWords } from "./desk-words.js";
import { html, shown, t, useEffect, useLayoutEffect, useRef, useState } from "./shell.js";

const LINT_MS = 200;
const RENEW_MS = 20_000;

const oneLine = (text) => text.replace(/[\r\n]+/g, " ");

// The leases that go with a card: its viewer, and its topic where others ask too, or nobody is named.
function leasesOf(card) {
  const viewer = card.comment?.viewer ? [{ room: card.room, viewer: card.comment.viewer }] : [];
  return card.viewers > 1 || !viewer.length ? [...viewer, { room: card.room, topic: card.rule }] : viewer;
}

function useLease(card) {
  useEffect(() => {
    const held = leasesOf(card);
    const hold = () => held.forEach((one) => put("/quiet", one).catch(() => {})); // a topic that no rule has any more needs no quiet
    hold();
    const timer = setInterval(hold, RENEW_MS);
    return () => {
      clearInterval(timer);
      held.forEach((one) => del("/quiet", one).catch(() => {}));
    };
  }, [card.id]);
}

function useJudged(card, text) {
  const [judged, setJudged] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() =>
      post(path`/held/${card.id}/judge`, { text }, { signal: stop.signal }).then((found) => setJudged({ ...found, text }), () => {}), LINT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [card.id, text]);
  return judged;
}

// send(text, confirmed) approves it, and resolves to true where somebody must vouch for it first.
export function Editor({ card, send, close }) {
  const [text, setText] = useState(card.text);
  const [vouch, setVouch] = useState("");
  const judged = useJudged(card, text);
  const field = useRef();
  useLease(card);
  useLayoutEffect(() => {
    field.current.focus();
    field.current.select();
  }, []);
  const done = async () => {
    const said = oneLine(field.current.value); // what stands there now: a quick hand is ahead of the state
    if (await send(said, vouch === said)) setVouch(said);
  };
  const press = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.repeat) {
      event.preventDefault();
      done();
    }
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  };
  const fresh = judged && judged.text === text;
  const count = card.unit === "bytes" ? new TextEncoder().encode(text).length : [...text].length;
  const size = judged ? { ...judged, length: count, messages: judged.parts.length || (judged.verdict === "unfit" ? 0 : 1) } : card;
  return html`<div class="editor"><label>${t("改成这样说", "Say it so")}
      <textarea ref=${field} rows="3" value=${text} spellcheck="false" aria-describedby="judged" onInput=${(event) => setText(oneLine(event.target.value))} onKeyDown=${press}></textarea></label>
    <p class="soft">${sizeWords(size)}</p>
    <div id="judged" role="status">${fresh && judged.why_zh && html`<p class=${judged.verdict === "needs_evidence" ? "warn" : "error"}>${shown(t(judged.why_zh, judged.why_en), 400)}</p>`}
      ${fresh && judged.contradicts && html`<p class="warn">${t("和说过的承诺不一样：", "This is not what was promised: ")}${shown(judged.contradicts, 200)}</p>`}
      ${vouch === text && html`<p class="warn">${t("有依据的话，再按一次就发。", "If there is evidence, press once more.")}</p>`}</div>
    <div class="acts"><button class="main" disabled=${fresh && !judged.parts.length} onClick=${done}>
      ${vouch === text ? t("有依据，发", "There is evidence: send") : t("改好了，通过", "Approve")} <kbd aria-hidden="true">Enter</kbd></button>
      <button onClick=${close}>${t("不改了", "Leave it")} <kbd aria-hidden="true">Esc</kbd></button></div>
    <p class="soft">${t("你改的时候，livebot 不会自己回答这位观众。", "While you edit, livebot does not answer this viewer by itself.")}</p></div>`;
}
