// The forms of one issue: a note, a hand-over, merging, a reply in the room, and reading what is masked.
import { get, path, post } from "./api.js";
import { act } from "./issues-store.js";
import { named } from "./issues-words.js";
import { attempt, html, shown, t, useEffect, useLayoutEffect, useRef, useState } from "./shell.js";

const PREVIEW_MS = 300;

// What all of them are: its first field has the focus, Escape closes it, and it is sent once at a time. send() → what was done.
function Form({ label, button, send, close, disabled, children }) {
  const form = useRef();
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => { form.current.querySelector("input:not([type=checkbox]), textarea, select")?.focus(); }, []);
  const submit = async (event) => {
    event.preventDefault();
    if (busy || disabled) return;
    setBusy(true);
    if (await attempt(send)) close();
    setBusy(false);
  };
  const press = (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current.requestSubmit();
  };
  return html`<form class="card form" ref=${form} aria-label=${label} onSubmit=${submit} onKeyDown=${press}><h3>${label}</h3>${children}
    <div class="row"><button class="main" disabled=${busy || disabled}>${button}</button><button type="button" onClick=${close}>${t("不做了", "Cancel")} <kbd>Esc</kbd></button></div></form>`;
}

export function Note({ id, close }) {
  const [text, setText] = useState("");
  return html`<${Form} label=${t("备注", "Note")} button=${t("记下", "Save")} close=${close} disabled=${!text.trim()} send=${() => act(path`${id}/note`, { text })}>
    <label>${t("给同事看的；里面的个人信息会打码", "For colleagues; personal data in it is masked")}
      <textarea rows="3" maxlength="2000" value=${text} onInput=${(event) => setText(event.target.value)}></textarea></label><//>`;
}

// send(team, told) → what was done
export function HandOver({ terms, send, close }) {
  const [team, setTeam] = useState("after_sales");
  const [told, setTold] = useState({});
  const { fields } = terms.teams[team];
  const wanted = Object.fromEntries(fields.map(({ code }) => [code, told[code] || ""]));
  return html`<${Form} label=${t("交给部门", "Hand over")} button=${t(`交给${terms.teams[team].zh}`, `Hand over to ${terms.teams[team].en}`)} close=${close} send=${() => send(team, wanted)}>
    <label>${t("交给", "To")} <select value=${team} onChange=${(event) => setTeam(event.target.value)}>${Object.keys(terms.teams).map((code) =>
      html`<option value=${code} selected=${code === team}>${named(terms, "teams", code)}</option>`)}</select></label>
    ${fields.map(({ code, zh, en }) => html`<label key=${code}>${t(zh, en)}${t("（必填）", " (required)")}
      <input name=${code} required maxlength="500" autocomplete="off" value=${told[code] || ""} onInput=${(event) => setTold({ ...told, [code]: event.target.value })} /></label>`)}<//>`;
}

// rows: what may become duplicates of this one, as far as the page knows.
export function Merge({ id, rows, picked, close, done }) {
  const [ids, setIds] = useState(new Set(rows.filter((row) => picked.has(row.id)).map((row) => row.id)));
  const [other, setOther] = useState("");
  const turn = (one) => setIds((before) => { const next = new Set(before); next.delete(one) || next.add(one); return next; });
  const send = async () => {
    const named_ = other.trim() ? [(await get(path`/issues/${other.trim()}`)).item.id] : [];
    const { results } = await act(path`${id}/merge`, { ids: [...ids, ...named_] });
    return done(results);
  };
  return html`<${Form} label=${t("把别的并到这条", "Merge others into this one")} button=${t(`并入 ${ids.size + (other.trim() ? 1 : 0)} 条`, `Merge ${ids.size + (other.trim() ? 1 : 0)}`)}
    close=${close} disabled=${!ids.size && !other.trim()} send=${send}>
    <label>${t("编号（开头几位就行）或凭证码", "An id (its beginning) or receipt code")} <input autocomplete="off" value=${other} onInput=${(event) => setOther(event.target.value)} /></label>
    ${rows.map((row) => html`<label class="tick" key=${row.id}><input type="checkbox" checked=${ids.has(row.id)} onChange=${() => turn(row.id)} />
      <span>${shown(row.author, 30)}${t("：", ": ")}${shown(row.text, 80)}</span></label>`)}<//>`;
}

export function Reply({ issue, close }) {
  const { id } = issue.item;
  const [text, setText] = useState(issue.suggested);
  const [told, setTold] = useState(null);
  const [vouched, setVouched] = useState(false);
  useEffect(() => {
    let over = false;
    const timer = setTimeout(async () => {
      const found = await post(path`/issues/${id}/reply/preview`, { text }).catch((error) => ({ verdict: "unfit", why: error.words, parts: [] }));
      if (!over) setTold(found);
    }, PREVIEW_MS);
    return () => { over = true; clearTimeout(timer); };
  }, [text]);
  const may = told && text.trim() && told.parts.length && (told.verdict === "ok" || vouched);
  return html`<${Form} label=${t("在直播间回复", "Reply in the room")} button=${t("发到直播间", "Send to the room")} close=${close} disabled=${!may}
      send=${() => act(path`${id}/reply`, { text, confirmed: vouched })}>
    <label>${t("所有观众都看得见。{code} 会换成凭证码", "Every viewer sees it. {code} becomes the receipt code")}
      <textarea rows="3" maxlength="2000" value=${text} onInput=${(event) => setText(event.target.value)}></textarea></label>
    <div role="status">${told && html`<p class="soft">${t("会发出：", "Will say: ")}${told.parts.map((part) => html`<q>${shown(part)}</q> `)}
      ${told.limit > 0 && t(`${told.length}/${told.limit} ${told.unit === "bytes" ? "字节" : "字"}`, `${told.length}/${told.limit} ${told.unit}`)}</p>
      ${told.why && html`<p class="error">${told.why}</p>`}`}</div>
    ${told?.verdict === "needs_evidence" && html`<label class="tick"><input type="checkbox" checked=${vouched} onChange=${(event) => setVouched(event.target.checked)} /> ${t("我有依据，可以这样说", "I vouch for it")}</label>`}<//>`;
}

const FIELDS = { text: ["原话", "the comment"], author: ["昵称", "the name"], order: ["订单号", "the order number"], tracking: ["运单号", "the tracking number"] };

// What was masked, for a reason that is on record.
export function Unmask({ issue, close }) {
  const [field, setField] = useState(issue.masked[0]);
  const [reason, setReason] = useState("");
  const [told, setTold] = useState(null);
  const send = async () => { setTold(await post(path`/issues/${issue.item.id}/unmask`, { field, reason })); };
  return html`<${Form} label=${t("看没打码的", "Read what is masked")} button=${t("看", "Read")} close=${close} disabled=${!reason.trim()} send=${send}>
    <label>${t("哪一项", "What")} <select value=${field} onChange=${(event) => { setField(event.target.value); setTold(null); }}>${issue.masked.map((one) =>
      html`<option value=${one} selected=${one === field}>${t(...FIELDS[one])}</option>`)}</select></label>
    <label>${t("为什么（会记下是谁、为什么看）", "Why (who reads it, and why, is on record)")} <input required maxlength="500" autocomplete="off" value=${reason} onInput=${(event) => setReason(event.target.value)} /></label>
    <p role="status">${told && html`<strong>${shown(told.text, 4000)}</strong>`}</p><//>`;
}
