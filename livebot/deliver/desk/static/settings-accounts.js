// Accounts and their roles; admins make one-time links for colleagues.
import { del, get, path, post, put } from "./api.js";
import { attempt, clock, html, roleName, shown, t, useState } from "./shell.js";
import { Copy, Part, Sure, Table, useFetched } from "./settings-parts.js";

const ROLES = ["viewer", "streamer", "moderator", "after-sales", "supervisor", "admin"];

function Invite() {
  const [role, setRole] = useState("moderator");
  const [link, setLink] = useState("");
  const make = (event) => {
    event.preventDefault();
    attempt(async () => setLink(location.origin + (await post("/accounts/links", { role })).path));
  };
  return html`<form class="row" onSubmit=${make}><label>${t("给新同事开账号，角色", "Invite a colleague as")}
      <select onChange=${(event) => setRole(event.target.value)}>${ROLES.map((one) => html`<option value=${one} selected=${one === role}>${roleName(one)}</option>`)}</select></label>
      <button>${t("生成一次性链接", "Make a one-time link")}</button></form>
    ${link && html`<${Copy} words=${t("发给他本人；一天内有效，只能用一次：", "Send it to them; good for one day, once:")} text=${link} />`}`;
}

export function Accounts({ me }) {
  const [told, again, error] = useFetched(() => get("/accounts"));
  const may = (route) => me.may.includes(route);
  const act = (work, words) => attempt(work, words).then(again);
  const row = (one) => html`<tr key=${one.name}><td>${shown(one.name, 60)}</td>
    <td>${may("PUT /api/v1/accounts/{name}/role") ? html`<select aria-label=${t(`${one.name} 的角色`, `Role of ${one.name}`)}
        onChange=${(event) => act(() => put(path`/accounts/${one.name}/role`, { role: event.target.value }), t("角色换好了", "Role changed"))}>
        ${ROLES.map((role) => html`<option value=${role} selected=${role === one.role}>${roleName(role)}</option>`)}</select>` : roleName(one.role)}</td>
    <td>${clock(one.made_at)}</td><td class="number">${one.sessions}</td>
    <td class="row">${may("DELETE /api/v1/accounts/{name}/sessions") && one.sessions > 0 && html`<button aria-label=${t(`让 ${one.name} 退出`, `Log ${one.name} out`)}
        onClick=${() => act(() => del(path`/accounts/${one.name}/sessions`), t("已让他退出", "Logged out"))}>${t("让他退出", "Log out")}</button>`}
      ${may("DELETE /api/v1/accounts/{name}") && one.name !== me.name && html`<${Sure} words=${t("删除", "Remove")} label=${t(`删除 ${one.name}`, `Remove ${one.name}`)}
        sure=${t("确定删除", "Yes, remove")} run=${() => act(() => del(path`/accounts/${one.name}`), t("删掉了", "Removed"))} />`}</td></tr>`;
  return html`<${Part} title=${t("账号和角色", "Accounts and roles")} wide error=${error}>
    ${told && html`<${Table} name=${t("账号", "Accounts")} head=${[t("名字", "Name"), t("角色", "Role"), t("开户", "Made"), t("登录着", "Sessions"), t("操作", "Acts")]} rows=${told.accounts.map(row)} />`}
    ${may("POST /api/v1/accounts/links") && html`<${Invite} />`}<//>`;
}
