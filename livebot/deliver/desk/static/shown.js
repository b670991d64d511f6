// What others wrote, as text and nothing else: characters that hide or turn text around are shown by their number, and it stays in its place.
import { html } from "./vendor-htm-preact.js";

// controls, soft hyphen, bidi, zero width, fillers, tags, lone surrogates; more than three marks on one letter
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}|(?<=\p{M}{3})\p{M}+/gu;
const JOINED = /\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?$/u; // before a zero-width joiner that makes one picture of two

export function pieces(text) {
  const found = [];
  let at = 0;
  for (const odd of text.matchAll(ODD)) {
    const joins = odd[0] === "\u200d" && JOINED.test(text.slice(Math.max(0, odd.index - 8), odd.index));
    if (joins) continue;
    found.push(text.slice(at, odd.index));
    found.push({ odd: odd[0].length > 2 ? "…" : odd[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0") });
    at = odd.index + odd[0].length;
  }
  found.push(text.slice(at));
  return found.filter((piece) => piece !== "");
}

// shown(text, most): a <bdi> that cannot disturb what is around it; at most so many characters.
export function shown(text, most = 600) {
  const whole = String(text ?? "");
  const short = whole.length > most ? whole.slice(0, most) + "…" : whole;
  return html`<bdi class="said">${pieces(short).map((piece) =>
    piece.odd ? html`<span class="odd" title="U+${piece.odd}">${piece.odd}</span>` : piece)}</bdi>`;
}
