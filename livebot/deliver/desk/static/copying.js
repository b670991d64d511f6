// Text to the clipboard, also where the browser keeps that from a page: over plain http from another machine.
import { notify, t } from "./shell.js";

// copied(text, at): whether it is there; otherwise what `at` shows is selected, and a notice says what to press.
export async function copied(text, at) {
  if (await navigator.clipboard?.writeText(text).then(() => true, () => false)) return true;
  at.select ? at.select() : getSelection().selectAllChildren(at);
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put);
  if (!done) notify(t("浏览器不让复制：已经选中了，请按 Ctrl+C，手机上长按", "The browser keeps the clipboard: it is selected, press Ctrl+C, on a phone hold it"), "bad");
  return done;
}
