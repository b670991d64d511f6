// What waits, as a list: the most perishable first, those in doubt, and those about to leave.
import { Key, Meta } from "./desk-card.js";
import { Left, whyWords } from "./desk-words.js";
import { html, shown, t } from "./shell.js";

export function Queue({ held, chosen, choose }) {
  return html`<ol class="queue" aria-label=${t("等审核的回复，快过期的在前", "Held replies, the most perishable first")}>${held.cards.map((card) =>
    html`<li key=${card.id}><button aria-current=${card.id === chosen ? "true" : undefined} onClick=${() => choose(card)}>
      <span class="top"><${Left} held=${held} at=${card.expires_at} />${card.viewers > 1 && html`<strong class="many">${t(`等 ${card.viewers} 人`, `${card.viewers} people`)}</strong>`}
      <span class="asked">${card.comment ? shown(card.comment.text, 60) : t("（没有弹幕）", "(no comment)")}</span></span>
      <span class="then">→ ${shown(card.text, 60)}</span>${card.why !== "suggest" && html`<span class="then">${whyWords(card)}</span>`}</button></li>`)}</ol>
    ${held.after && html`<p><button onClick=${held.loadMore}>${t(`再看 ${Math.min(50, held.total - held.cards.length)} 条`, "Show more")}</button></p>`}`;
}

export function Doubts({ held, may, settle, again }) {
  if (!held.doubts.length) return null;
  return html`<section class="doubts" aria-labelledby="doubts"><h2 id="doubts">${t(`不确定发没发出去 · ${held.doubts.length}`, `In doubt · ${held.doubts.length}`)}</h2>
    <p class="soft">${t("看一眼直播间，再选。", "Look at the room, then choose.")}</p>
    ${held.doubts.map((card, n) => html`<div class="card" key=${card.id}><${Meta} card=${card} held=${held} /><p class="draft">${shown(card.text, 400)}</p>
      ${may("settle") && html`<div class="acts"><button onClick=${() => settle(card, true)}>${t("看到了", "It appeared")}${n === 0 && html`<${Key} id="appeared" />`}</button>
      <button onClick=${() => settle(card, false)}>${t("没看到", "It did not")}${n === 0 && html`<${Key} id="lost" />`}</button>
      ${may("again") && html`<button onClick=${() => again(card)}>${t("没看到，再发一次", "It did not: say it again")}</button>`}</div>`}</div>`)}</section>`;
}

export function Leaving({ held, may, undo }) {
  if (!held.leaving.length) return null;
  return html`<section aria-labelledby="leaving"><h2 id="leaving">${t(`马上发出 · ${held.leaving.length}`, `About to leave · ${held.leaving.length}`)}</h2>
    <ul class="leaving">${held.leaving.map((card) => html`<li key=${card.id}><span>${shown(card.actor, 40)}：${shown(card.text, 80)}</span>
      ${may("undo") && html`<button onClick=${() => undo(card)}>${t("撤回", "Take back")}</button>`}</li>`)}</ul></section>`;
}

// The first thing that a moderator sees: nothing waits, why, and what would.
export function Nothing({ held, filtered, clear }) {
  if (filtered) {
    return html`<div class="card empty"><p>${t("没有符合筛选的。", "Nothing matches the filter.")}</p><button onClick=${clear}>${t("清空筛选", "Clear the filter")}</button></div>`;
  }
  return html`<div class="card empty" tabindex="-1"><p><strong>${t("现在没有要审核的。", "Nothing waits for approval.")}</strong></p>
    ${held.putOff > 0 && html`<p>${t(`推后的 ${held.putOff} 条到时间会回来。`, `${held.putOff} put off will come back in time.`)}</p>`}
    <p>${t("有把握的，livebot 已经自己答了。它拿不准的、规则写了要人看的、审查要依据的，会一条一条出现在这里；快过期的在最前面。",
      "What livebot is sure of, it answers by itself. What it is unsure of, what a rule wants approved and what needs evidence appears here, the most perishable first.")}</p>
    <p>${t("想每一条都先看一眼，就把上面的模式换成“拟稿等人”。键盘就够用：按 ? 看有哪些键。",
      "To see every answer first, switch the mode above to “suggest”. The keyboard is enough: ? shows the keys.")}</p></div>`;
}
