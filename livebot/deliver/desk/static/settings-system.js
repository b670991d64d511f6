// How livebot itself is: rooms, journal and queue.
import { get } from "./api.js";
import { clock, html, language, shown, t } from "./shell.js";
import { Part, Table, useFetched } from "./settings-parts.js";

const STATES = {
  up: ["正常", "up"], starting: ["正在连", "starting"], down: ["连不上", "down"], parked: ["停下了，要人处理", "parked"], ended: ["结束", "ended"],
};
const MODES = { listen: ["只听", "listen"], suggest: ["先审核", "suggest"], auto: ["自动", "auto"] };
const word = (table, code) => t(...(table[code] || [code || "—", code || "—"]));
const size = (bytes) => {
  const [unit, one] = bytes >= 1e9 ? ["gigabyte", 1e9] : ["megabyte", 1e6];
  return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / one);
};

const Facts = ({ rows }) => html`<dl class="facts">${rows.map(([name, value, bad]) => html`<div><dt>${name}</dt><dd class=${bad ? "error" : ""}>${value}</dd></div>`)}</dl>`;

export function System() {
  const [told, , error] = useFetched(() => get("/system"), 5_000);
  if (!told) return html`<${Part} title=${t("状况", "How livebot is")} error=${error} />`;
  const { journal, queue } = told;
  const rooms = told.rooms.map((one) => html`<tr><th scope="row">${shown(one.name, 80)}</th><td>${shown(one.adapter, 40)}</td>
    <td class=${["down", "parked"].includes(one.state) ? "error" : ""}>${word(STATES, one.state)}${one.live ? t(" · 直播中", " · on air") : ""}</td>
    <td>${word(MODES, one.mode)}</td><td>${shown(one.detail, 200)}</td></tr>`);
  return html`<${Part} title=${t("直播间", "Rooms")} error=${error}><${Table} name=${t("直播间", "Rooms")} head=${[t("名字", "Name"), t("接法", "Adapter"), t("状态", "State"), t("模式", "Mode"), t("说明", "Detail")]} rows=${rooms} /><//>
    <${Part} title=${t("日志", "Journal")}><${Facts} rows=${[
      [t("文件", "Size"), size(journal.size)], [t("磁盘还剩", "Disk free"), size(journal.disk_free), journal.full],
      [t("事件", "Events"), journal.events], [t("还没判断的", "Undecided"), journal.undecided, journal.undecided > 1000],
      [t("等审核", "Held"), journal.held], [t("排队要发", "Queued"), journal.queued], [t("不确定发没发", "In doubt"), journal.doubts, journal.doubts > 0],
    ]} /><//>
    <${Part} title=${t("售后队列", "Issue queue")}><${Facts} rows=${[
      [t("存在哪里", "Kept in"), queue.kind === "redis" ? `Redis ${queue.version}` : t("日志里", "the journal")],
      [t("状态", "State"), queue.reachable ? t("正常", "up") : t("连不上", "away"), !queue.reachable],
      [t("没处理完的", "Open"), queue.open], [t("读了没确认", "Pending"), queue.pending], [t("处理不了的", "Dead letters"), queue.dead, queue.dead > 0],
      [t("最早的一个", "Oldest"), queue.oldest ? clock(queue.oldest) : "—"],
    ]} />${queue.problems.map((one) => html`<p class="error">${shown(one, 400)}</p>`)}<p class="soft">livebot ${told.version}</p><//>`;
}
