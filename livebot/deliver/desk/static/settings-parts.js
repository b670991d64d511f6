// What the parts of the settings page are made of: a list that is fetched, a table, a button that asks first.
import { copied } from "./copying.js";
import { html, t, useAgain, useEffect, useState } from "./shell.js";

// [what was told, how to fetch it again, what went wrong]
export function useFetched(fetch, every = 0) {
  useAgain();
  const [told, setTold] = useState(null);
  const [error, setError] = useState("");
  const again = async () => {
    try {
      setTold(await fetch());
      setError("");
    } catch (problem) {
      setError(problem.words || String(problem));
    }
  };
  useEffect(() => {
    again();
    const timer = every && setInterval(again, every);
    return () => clearInterval(timer);
  }, [document.documentElement.lang]);
  return [told, again, error];
}

export function Part({ title, error, wide, children }) {
  return html`<section class=${`settings-part ${wide ? "whole" : ""}`}><h2>${title}</h2>${error && html`<p class="error" role="alert">${error}</p>`}${children}</section>`;
}

export function Table({ name, head, rows, counts }) {
  return html`<div class="wide" tabindex="0" role="region" aria-label=${name}><table class=${counts ? "counts" : ""}><thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
    <tbody>${rows}</tbody></table></div>`;
}

// Asks once more before something that cannot be taken back.
export function Sure({ words, sure, run, label }) {
  const [asked, setAsked] = useState(false);
  if (!asked) return html`<button onClick=${() => setAsked(true)} aria-label=${label}>${words}</button>`;
  return html`<span class="row"><button class="red" onClick=${() => { setAsked(false); run(); }}>${sure}</button>
    <button onClick=${() => setAsked(false)}>${t("不", "No")}</button></span>`;
}

// Something secret, shown this once, to be copied.
export function Copy({ words, text }) {
  const [done, setDone] = useState(false);
  const copy = async (event) => setDone(await copied(text, event.target.closest(".once").querySelector("input")));
  return html`<div class="card once" role="status"><p>${words}</p><label class="row"><span class="sr">${words}</span>
    <input class="secret" readonly value=${text} onFocus=${(event) => event.target.select()} /></label>
    <button class="main" onClick=${copy}>${done ? t("已复制", "Copied") : t("复制", "Copy")}</button></div>`;
}
