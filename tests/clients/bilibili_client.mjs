// Hears a practice Bilibili with bilibili-live-ws: start is signed by Node's own crypto. Prints each thing that happened as a JSON line.
// Arguments: the API's address, key id, secret, app id, code, and how many comments to wait for.
import { createHash, createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";

const { LiveWS } = createRequire(process.cwd() + "/")("bilibili-live-ws");
const [address, keyId, secret, appId, code, wanted] = process.argv.slice(2);
const print = (what, value) => console.log(JSON.stringify([what, value]));

async function ask(path, body) {
  const text = JSON.stringify(body);
  const signed = {
    "x-bili-accesskeyid": keyId,
    "x-bili-content-md5": createHash("md5").update(text).digest("hex"),
    "x-bili-signature-method": "HMAC-SHA256",
    "x-bili-signature-nonce": randomUUID(),
    "x-bili-signature-version": "1.0",
    "x-bili-timestamp": String(Math.floor(Date.now() / 1000)),
  };
  const joined = Object.entries(signed).map(([name, value]) => `${name}:${value}`).join("\n");
  const Authorization = createHmac("sha256", secret).update(joined).digest("hex");
  const headers = { ...signed, Authorization, "Content-Type": "application/json", Accept: "application/json" };
  return (await fetch(`${address}/v2/app/${path}`, { method: "POST", headers, body: text })).json();
}

const { data } = await ask("start", { code, app_id: Number(appId) });
const room = data.anchor_info.room_id;
const live = new LiveWS(room, { address: data.websocket_info.wss_link[0], authBody: JSON.parse(data.websocket_info.auth_body) });
let comments = 0;
live.on("live", () => print("live", room));
live.on("heartbeat", (online) => print("heartbeat", online));
live.on("error", () => print("error", null));
live.on("msg", async ({ cmd, data: told }) => {
  print(cmd, told);
  if (cmd === "LIVE_OPEN_PLATFORM_DM" && ++comments === Number(wanted)) {
    const online = await live.getOnline();
    print("asked again", online);
    print("kept", (await ask("heartbeat", { game_id: data.game_info.game_id })).code);
    print("kept in a batch", (await ask("batchHeartbeat", { game_ids: [data.game_info.game_id, "none"] })).data);
    print("ended", (await ask("end", { app_id: Number(appId), game_id: data.game_info.game_id })).code);
  }
  if (cmd === "LIVE_OPEN_PLATFORM_INTERACTION_END") live.close();
});
live.on("close", () => print("closed", null));
