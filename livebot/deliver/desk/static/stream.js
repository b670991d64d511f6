// The server's stream of changes, with resume: after a cut it goes on from the last position, and nothing is missed.
const SILENT_MS = 25_000; // the server says something every ten seconds
const LONGEST_MS = 15_000;

export class Stream {
  // tell gets {frame}, {connection: {up, since}}, {out: true} when the session is over, {again: true} when all must ask again
  constructor(tell, token = "") {
    this.tell = tell;
    this.token = token;
    this.kinds = "";
    this.position = "";
    this.last = {}; // the latest status, for tabs that come later
    this.connection = { up: false, since: Date.now() };
    this.tries = 0;
  }

  want(kinds) {
    const wanted = [...kinds].sort().join(",");
    if (wanted === this.kinds && this.source) return;
    this.kinds = wanted;
    this.open();
  }

  open() {
    this.close();
    const query = new URLSearchParams({ kinds: this.kinds, after: this.position });
    if (this.token) query.set("token", this.token);
    const source = (this.source = new EventSource("/api/v1/events?" + query));
    source.onmessage = (event) => {
      this.tries = 0;
      this.position = event.lastEventId || this.position;
      this.watch();
      const frame = JSON.parse(event.data);
      if (frame.status) this.last = { status: frame.status };
      if (Object.keys(frame).length) this.tell({ frame });
      this.set(true); // after the frame: what it says to fetch anew is fetched once
    };
    source.onerror = () => this.lost(source);
    this.watch();
  }

  close() {
    clearTimeout(this.watching);
    clearTimeout(this.waiting);
    this.source?.close();
    this.source = null;
  }

  watch() {
    clearTimeout(this.watching);
    this.watching = setTimeout(() => this.lost(this.source), SILENT_MS);
  }

  lost(source) {
    if (!source || source !== this.source) return;
    this.set(false);
    this.close();
    const wait = Math.min(LONGEST_MS, 500 * 2 ** this.tries++) * (0.75 + Math.random() / 2);
    this.waiting = setTimeout(() => this.ask(), wait);
  }

  // A stream that was refused does not say why: the API does.
  async ask() {
    const query = this.token ? "?" + new URLSearchParams({ token: this.token }) : "";
    const status = await fetch("/api/v1/me" + query).then((response) => response.status, () => 0);
    if (status === 401) this.tell({ out: true });
    if (status === 200 && this.tries > 2) this.tell({ again: true });
    this.open();
  }

  set(up) {
    if (this.connection.up === up) return;
    this.connection = { up, since: Date.now() };
    this.tell({ connection: this.connection });
  }
}
