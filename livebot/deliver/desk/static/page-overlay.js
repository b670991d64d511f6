// For a browser source: text on nothing. ?token=…&show=answers|question&lines=2&size=32&room=…
import { get } from "./api.js";
import { html, mount, shown, t, useEffect, useState } from "./shell.js";

const EVERY_MS = 2_000;
const asked = new URLSearchParams(location.search);
const number = (name, least, most, otherwise) => Math.min(most, Math.max(least, Math.round(Number(asked.get(name))) || otherwise));
const show = asked.get("show") === "question" ? "question" : "answers";

document.documentElement.style.setProperty("--size", `${number("size", 12, 120, 32)}px`);

function Overlay() {
  const [told, setTold] = useState({ lines: [], viewers: 0 });
  useEffect(() => {
    const look = () => get("/overlay", { room: asked.get("room") || "", show, lines: number("lines", 1, 5, 2) }).then(setTold, () => {});
    look(); // a cut shows nothing on the picture: the last words stay
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return html`<main aria-label="livebot">${told.lines.map((line) => html`<p key=${line}>${shown(line, 120)}${told.viewers > 0 &&
    html` <b>${told.viewers} ${t("人在问", "are asking")}</b>`}</p>`)}</main>`;
}

mount(html`<${Overlay} />`);
