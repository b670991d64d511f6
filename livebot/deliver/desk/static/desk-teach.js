// Approve and teach: the viewer's words join the rule, after a look at what changes in its file.
import { path, post } from "./api.js";
import { html, shown, t, useEffect, useRef, useState } from "./shell.js";

// done(taught) once it is in the file; close() when it is not wanted.
export function Teach({ card, done, close }) {
  const dialog = useRef();
  const [words, setWords] = useState(card.comment?.text || "");
  const [found, setFound] = useState(null);
  const [error, setError] = useState("");
  useEffect(() => dialog.current.showModal(), []);
  const ask = async (event) => {
    event.preventDefault();
    setError("");
    const preview = !found || found.asked !== words;
    try {
      const told = await post(path`/held/${card.id}/teach`, { phrasing: words, preview });
      if (preview) setFound({ ...told, asked: words });
      else done(told);
    } catch (problem) {
      setFound(null);
      setError(problem.words || String(problem));
    }
  };
  const ready = found && found.asked === words;
  return html`<dialog ref=${dialog} class="teach" aria-label=${t("通过并教会", "Approve and teach")} onClose=${close}><form onSubmit=${ask}>
    <h2>${t("把这句话教给规则", "Teach the rule these words")} ${shown(card.rule, 60)}</h2>
    <label>${t("观众这样问", "Viewers ask so")}<input value=${words} maxlength="60" onInput=${(event) => setWords(event.target.value)} /></label>
    ${error && html`<p class="error" role="alert">${shown(error, 400)}</p>`}
    ${ready && html`<p>${t("会这样改，所有例句都还对：", "This changes, and every example still holds:")}</p><pre class="diff">${shown(found.diff, 2000)}</pre>`}
    <div class="row"><button class="main">${ready ? t("教会，并通过这条", "Teach it, and approve this reply") : t("先看会改什么", "Show what changes")}</button>
    <button type="button" onClick=${() => dialog.current.close()}>${t("算了", "Cancel")}</button></div></form></dialog>`;
}
