import { post } from "./api.js";
import { door } from "./door.js";

door({
  zh: "登录",
  en: "Log in",
  fields: [
    ["name", "名字", "Name", "text", "username"],
    ["password", "密码", "Password", "password", "current-password"],
  ],
  button: ["登录", "Log in"],
  enter: (values) => post("/login", values),
});
