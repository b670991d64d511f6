// Programs' tokens, and the address of the overlay for a browser source.
import { del, get, path, post } from "./api.js";
import { attempt, clock, html, roleName, shown, t, useState } from "./shell.js";
import { Copy, Part, Sure, Table, useFetched } from "./settings-parts.js";

const FOR_PROGRAMS = ["viewer", "streamer", "moderator", "after-sales", "supervisor", "admin"];

function Overlay({ again }) {
  const [address, setAddress] = useState("");
  const make = (event) => {
    event.preventDefault();
    const { name, show, size } = Object.fromEntries(new FormData(event.target));
    attempt(async () => {
      const { token } = await post("/tokens", { name, role: "overlay" });
      const query = new URLSearchParams({ token, show, size, ...(show === "answers" && { lines: 2 }) });
      setAddress(`${location.origin}/overlay?${query}`);
      again();
    });
  };
  return html`<h3>${t("直播画面（OBS 浏览器源）", "On the picture (OBS browser source)")}</h3>
    <form class="row" onSubmit=${make}><label>${t("名字", "Name")}<input name="name" required maxlength="40" defaultValue="OBS" /></label>
      <label>${t("显示", "Show")}<select name="show"><option value="answers">${t("刚回答的两条", "The last answers")}</option>
        <option value="question">${t("大家在问的", "The top question")}</option></select></label>
      <label>${t("字号（像素）", "Size (px)")}<input name="size" type="number" min="12" max="120" defaultValue="36" /></label>
      <button>${t("生成地址", "Make the address")}</button></form>
    ${address && html`<${Copy} words=${t("粘贴到 OBS 的“浏览器”来源里；这个地址只显示这一次：", "Paste it into an OBS browser source; shown only this once:")} text=${address} />`}`;
}

function Program({ again }) {
  const [token, setToken] = useState("");
  const make = (event) => {
    event.preventDefault();
    attempt(async () => {
      setToken((await post("/tokens", Object.fromEntries(new FormData(event.target)))).token);
      again();
    });
  };
  return html`<h3>${t("给程序的口令", "For programs")}</h3><form class="row" onSubmit=${make}><label>${t("程序的名字", "Program's name")}<input name="name" required maxlength="40" /></label>
    <label>${t("角色", "Role")}<select name="role">${FOR_PROGRAMS.map((one) => html`<option value=${one}>${roleName(one)}</option>`)}</select></label>
    <button>${t("生成口令", "Make a token")}</button></form>
    ${token && html`<${Copy} words=${t("只显示这一次；用法：Authorization: Bearer 口令", "Shown only this once; use it as Authorization: Bearer TOKEN")} text=${token} />`}`;
}

export function Tokens({ me }) {
  const [told, again, error] = useFetched(() => get("/tokens"));
  const may = (route) => me.may.includes(route);
  const revoke = (name) => attempt(() => del(path`/tokens/${name}`), t("收回了", "Revoked")).then(again);
  return html`<${Part} title=${t("口令", "Tokens")} error=${error}>
    ${told && (told.tokens.length ? html`<${Table} name=${t("口令", "Tokens")} head=${[t("名字", "Name"), t("角色", "Role"), t("谁开的", "Made by"), t("最近用过", "Last used"), t("操作", "Acts")]}
      rows=${told.tokens.map((one) => html`<tr key=${one.name}><td>${shown(one.name, 60)}</td><td>${roleName(one.role)}</td><td>${shown(one.made_by, 60)}</td>
        <td>${one.used_at ? clock(one.used_at) : "—"}</td><td>${may("DELETE /api/v1/tokens/{name}") && html`<${Sure} words=${t("收回", "Revoke")}
          label=${t(`收回 ${one.name}`, `Revoke ${one.name}`)} sure=${t("确定收回", "Yes, revoke")} run=${() => revoke(one.name)} />`}</td></tr>`)} />`
      : html`<p class="soft">${t("还没有口令。", "There is no token yet.")}</p>`)}
    ${may("POST /api/v1/tokens") && html`<${Overlay} again=${again} /><${Program} again=${again} />`}<//>`;
}
