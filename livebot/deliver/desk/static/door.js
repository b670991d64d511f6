// The pages before the door: a form, and in by it.
import { useAgain, useState, html, language, mount, t } from "./shell.js";
import { setLanguage } from "./i18n.js";
import { setTitle } from "./alert.js";

// fields: [[name, zh, en, type, autocomplete]]; enter(values) logs in, or throws Problem.
export function door({ zh, en, hint, fields, button, enter }) {
  function Door() {
    useAgain();
    const [error, setError] = useState("");
    const [busy, setBusy] = useState(false);
    setTitle(`${t(zh, en)} · livebot`);
    const submit = async (event) => {
      event.preventDefault();
      setBusy(true);
      try {
        await enter(Object.fromEntries(new FormData(event.target)));
        const next = new URLSearchParams(location.search).get("next") || "/";
        location.replace(/^\/[a-z]*$/.test(next) ? next : "/");
      } catch (problem) {
        setError(problem.words || String(problem));
        setBusy(false);
      }
    };
    return html`<main class="door"><h1>livebot · ${t(zh, en)}</h1>${hint && html`<p>${t(...hint)}</p>`}
      <form onSubmit=${submit}>${fields.map(([name, zh, en, type, complete]) => html`<label>${t(zh, en)}
        <input name=${name} type=${type} autocomplete=${complete} required maxlength="256" autocapitalize="none" spellcheck="false" /></label>`)}
        ${error && html`<p class="error" role="alert">${error}</p>`}
        <button class="main" disabled=${busy}>${t(...button)}</button></form>
      <p><button onClick=${() => setLanguage(language() === "zh" ? "en" : "zh")} lang=${language() === "zh" ? "en" : "zh-CN"}>
        ${language() === "zh" ? "English" : "中文"}</button></p></main>`;
  }
  mount(html`<${Door} />`);
}
