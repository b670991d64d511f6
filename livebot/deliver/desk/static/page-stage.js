// The streamer's page, read from two metres: one question, one warning, one button; each in its place, one change in five seconds.
import { get, post } from "./api.js";
import { keyOf } from "./keys.js";
import { html, notify, shown, start, t, useAgain, useEffect, useKey, useLive, useRef, useState } from "./shell.js";

const STILL_MS = 5_000;
const AGAIN_MS = 2_000;
const TAKE_BACK_MS = 8_000;

// What stands on the page: the server's choice, and never two changes within five seconds, however late an answer comes.
function useStage(room) {
  const [now, setNow] = useState(null);
  const [gone, setGone] = useState("");
  const kept = useRef({ text: "", at: 0, asked: 0 });
  const look = async () => {
    const mine = kept.current;
    clearTimeout(mine.later);
    const asked = ++mine.asked;
    try {
      const told = await get("/stage", { room });
      if (asked !== mine.asked) return;
      setGone("");
      const text = JSON.stringify([told.room, told.question, told.alert]);
      if (text === mine.text) return;
      const wait = mine.text ? STILL_MS - (performance.now() - mine.at) : 0;
      if (wait > 0) {
        mine.later = setTimeout(look, wait);
        return;
      }
      Object.assign(mine, { text, at: performance.now() });
      setNow(told);
    } catch (problem) {
      if (asked !== mine.asked) return;
      setGone(problem.words || String(problem));
      mine.later = setTimeout(look, AGAIN_MS);
    }
  };
  useLive(["stage", "stream"], { reset: look, stage: look, stream: look });
  useEffect(() => {
    if (!kept.current.text) return;
    kept.current.text = ""; // another room may be shown at once
    look();
  }, [room, document.documentElement.lang]);
  return [now, gone];
}

function Body({ me }) {
  useAgain();
  const [room, setRoom] = useState("");
  const [now, gone] = useStage(room);
  const [done, setDone] = useState(null); // {id, viewers, batch}: what was just said, and may be taken back
  const question = now?.question;
  const may = me.may.includes("POST /api/v1/stage/said");
  const told = question && done?.id === question.id;
  const say = async () => {
    if (!question || told || !may) return;
    const { id } = question;
    setDone({ id });
    try {
      const answer = await post("/stage/said", { room: now.room, id });
      setDone({ id, ...answer });
      setTimeout(() => setDone((last) => (last?.batch === answer.batch ? { id } : last)), TAKE_BACK_MS);
    } catch (problem) {
      setDone(null);
      notify(problem.words || String(problem), "bad");
    }
  };
  const back = async () => {
    try {
      await post("/stage/undo", { batch: done.batch });
      setDone(null);
    } catch (problem) {
      notify(problem.words || String(problem), "bad");
    }
  };
  useKey({ id: "said", zh: "说过了", en: "I said it", key: " ", run: say });
  useKey({ id: "unsaid", zh: "撤回“说过了”", en: "Take it back", key: "u", run: () => done?.batch && back() });
  return html`<div class="lines"><p class="line asked ${told ? "told" : ""}" aria-live="polite">${question
      ? html`<span class="text">${shown(question.text, 40)}</span><span class="count">${question.viewers}<small>${t("人问", " ask")}</small></span>`
      : html`<span class="text none">${now ? t("没有等着回答的问题", "No question is waiting") : gone || t("正在看…", "Looking…")}</span>`}</p>
    <p class=${`line alert ${now?.alert ? "on" : ""}`} role="status">${gone && now ? gone : now?.alert ? now.alert.text : html`<span class="none">${t("一切正常", "All is well")}</span>`}</p>
    <div class="line act"><button class="main said-it" disabled=${!question || told || !may} onClick=${say}>${told
      ? t("✓ 记下了", "✓ Noted") : t("说过了", "I said it")} ${!told && html`<kbd>${keyOf("said") === " " ? t("空格", "Space") : keyOf("said")}</kbd>`}</button>
      <button class="back" hidden=${!done?.batch} onClick=${back}>${t(`撤回（${done?.viewers} 人）`, `Take back (${done?.viewers})`)}</button></div></div>
    ${now && now.rooms.length > 1 && html`<label class="pick">${t("直播间", "Room")} <select onChange=${(event) => setRoom(event.target.value)}>
      ${now.rooms.map((name) => html`<option value=${name} selected=${name === now.room}>${name}</option>`)}</select></label>`}`;
}

start({ path: "/stage", body: Body });
