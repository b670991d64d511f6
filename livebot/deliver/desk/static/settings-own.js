// One's own account: the password, and where one is logged in.
import { del, get, post } from "./api.js";
import { attempt, clock, html, notify, shown, t } from "./shell.js";
import { Part, Sure, Table, useFetched } from "./settings-parts.js";

export function Own({ me }) {
  const [told, again, error] = useFetched(() => get("/me/sessions"));
  const change = async (event) => {
    event.preventDefault();
    const form = event.target;
    const { old, fresh, twice } = Object.fromEntries(new FormData(form));
    if (fresh !== twice) return notify(t("两次写的不一样。", "The two differ."), "bad");
    if (await attempt(() => post("/me/password", { old, new: fresh }), t("密码改好了，别处都已退出。", "Changed; other sessions have ended."))) {
      form.reset();
      again();
    }
  };
  const leave = () => attempt(async () => {
    await del("/me/sessions");
    location.replace("/login");
  });
  const field = (name, words, complete) => html`<label>${words}<input name=${name} type="password" required maxlength="256" autocomplete=${complete} /></label>`;
  return html`<${Part} title=${t(`我的账号：${me.name}`, `My account: ${me.name}`)} error=${error}>
    <form class="narrow" onSubmit=${change}>${field("old", t("现在的密码", "Current password"), "current-password")}
      ${field("fresh", t("新密码", "New password"), "new-password")}${field("twice", t("再写一遍", "Again"), "new-password")}
      <button>${t("改密码", "Change the password")}</button></form>
    <h3>${t("在这些地方登录着", "Logged in at")}</h3>
    ${told && html`<${Table} name=${t("登录", "Sessions")} head=${[t("地址", "Address"), t("浏览器", "Browser"), t("登录", "Since"), t("最近", "Last seen")]}
      rows=${told.sessions.map((one) => html`<tr><td>${shown(one.address, 60)}</td><td>${shown(one.agent, 60)}</td><td>${clock(one.made_at)}</td><td>${clock(one.seen_at)}</td></tr>`)} />`}
    <p><${Sure} words=${t("全部退出登录", "Log out everywhere")} sure=${t("确定，全部退出", "Yes, everywhere")} run=${leave} /></p><//>`;
}
