// Every rule that did something of late, and what became of its words.
import { get } from "./api.js";
import { clock, html, shown, t, useState } from "./shell.js";
import { Part, Table, useFetched } from "./settings-parts.js";

const FIRST = 15;

export function Rules() {
  const [told, , error] = useFetched(() => get("/rules", { days: 30 }), 30_000);
  const [all, setAll] = useState(false);
  const head = [
    t("规则", "Rule"), t("回答", "Answers"), t("一并", "Credited"), t("说了", "Said"), t("口头", "Aloud"), t("待审核", "Held"),
    t("不通过", "Turned down"), t("过期", "Expired"), t("平台拒绝", "Refused"), t("登记", "Issues"), t("最近", "Last"),
  ];
  const row = (one) => html`<tr><th scope="row">${shown(one.rule, 80)}</th>${[one.answers, one.credited, one.said, one.aloud, one.held, one.denied, one.expired, one.refused, one.flagged]
    .map((n) => html`<td class="number">${n || html`<span class="soft">0</span>`}</td>`)}<td>${clock(one.last_at)}</td></tr>`;
  const rules = told?.rules || [];
  return html`<${Part} title=${t("规则：近 30 天", "Rules: the last 30 days")} wide error=${error}>
    ${told && (rules.length ? html`<${Table} counts name=${t("规则", "Rules")} head=${head} rows=${(all ? rules : rules.slice(0, FIRST)).map(row)} />`
      : html`<p class="soft">${t("还没有规则用上过。", "No rule has done anything yet.")}</p>`)}
    ${rules.length > FIRST && !all && html`<p><button onClick=${() => setAll(true)}>${t(`全部 ${rules.length} 条`, `All ${rules.length}`)}</button></p>`}<//>`;
}
