// Settings: one's own account for everybody, and of the rest what the role may see and do.
import { html, start, t, useAgain } from "./shell.js";
import { Accounts } from "./settings-accounts.js";
import { Own } from "./settings-own.js";
import { Rules } from "./settings-rules.js";
import { System } from "./settings-system.js";
import { Tokens } from "./settings-tokens.js";

const PARTS = [
  ["GET /api/v1/system", System],
  ["GET /api/v1/rules", Rules],
  ["GET /api/v1/accounts", Accounts],
  ["GET /api/v1/tokens", Tokens],
];

function Body({ me, status }) {
  useAgain();
  const parts = PARTS.filter(([route]) => me.may.includes(route));
  return html`<div class="settings-parts">${parts.map(([route, Part]) => html`<${Part} key=${route} me=${me} status=${status} />`)}<${Own} me=${me} /></div>
    ${!parts.length && html`<p class="soft">${t("其他设置由主管和管理员负责。", "Supervisors and admins look after all else.")}</p>`}`;
}

start({ path: "/settings", body: Body });
