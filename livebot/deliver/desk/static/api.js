// The HTTP API: JSON there and back, errors as Problem with words to show, and the login page when the session is over.
import { language, t } from "./i18n.js";

const token = new URLSearchParams(location.search).get("token"); // of an overlay

// What went wrong. status 0: livebot was not reached. words: a sentence for people. errors: [{field, reason}].
export class Problem extends Error {
  constructor(status, body = {}) {
    const words = body.detail || body.title || t(`出错了（${status}）`, `an error (${status})`);
    super(words);
    this.status = status;
    this.words = words;
    this.errors = body.errors || [];
    this.body = body;
  }
}

// A path with its parts made safe: path`/rooms/${room}/on-air`
export const path = (texts, ...parts) => texts.reduce((all, text, n) => all + encodeURIComponent(parts[n - 1]) + text);

async function ask(method, where, { query, body, signal } = {}) {
  const address = new URL("/api/v1" + where, location.origin);
  for (const [name, value] of Object.entries(query || {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== "") address.searchParams.append(name, one);
  }
  if (token) address.searchParams.set("token", token);
  const headers = { "Accept-Language": language() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(address, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { title: t("连不上 livebot", "livebot cannot be reached") });
  }
  const told = response.status === 204 ? null : await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    if (response.ok) throw new Problem(0, { title: t("livebot 的回答没有收全", "livebot's answer was cut off") });
    return {};
  });
  if (response.ok) return told;
  if (response.status === 401 && !token && !["/login", "/setup"].includes(location.pathname)) toLogin();
  throw new Problem(response.status, told || {});
}

export function toLogin() {
  location.replace("/login?next=" + encodeURIComponent(location.pathname));
}

// get("/held", {room}) → what the API answers; each throws Problem. options: {signal}
export const get = (where, query, options) => ask("GET", where, { query, ...options });
export const post = (where, body = {}, options) => ask("POST", where, { body, ...options });
export const put = (where, body = {}, options) => ask("PUT", where, { body, ...options });
export const del = (where, query, options) => ask("DELETE", where, { query, ...options });
