import { post, Problem } from "./api.js";
import { door } from "./door.js";

const link = location.hash.slice(1);
history.replaceState(null, "", location.pathname); // it works once, and need not stand in the history

door({
  zh: "建账号",
  en: "Set up your account",
  hint: ["取一个名字和密码，以后用它们登录。密码至少八个字。", "Choose a name and a password to log in with later. At least eight characters."],
  fields: [
    ["name", "名字", "Name", "text", "username"],
    ["password", "密码", "Password", "password", "new-password"],
    ["again", "密码再写一遍", "The password again", "password", "new-password"],
  ],
  button: ["建账号并进入", "Make it and go in"],
  enter({ name, password, again }) {
    if (password !== again) throw new Problem(0, { title: document.documentElement.lang === "en" ? "The two differ." : "两次写的不一样。" });
    return post("/setup", { link, name, password });
  },
});
