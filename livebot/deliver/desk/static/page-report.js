// The supervisor's page: a stream's figures as plots, each with its table.
import { get, path } from "./api.js";
import { clock, html, shown, start, t, useAgain, useEffect, useLive, useRef, useState } from "./shell.js";

const EVERY_MS = 15_000; // while a stream goes on

// SVG that the server made: parsed as XML, where nothing runs and nothing is loaded.
function Plot({ svg }) {
  const place = useRef();
  useEffect(() => {
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    place.current.replaceChildren(parsed.localName === "svg" ? document.importNode(parsed, true) : "");
  }, [svg]);
  return html`<div ref=${place}></div>`;
}

function Table({ one }) {
  const last = one.summed ? one.rows.length - 1 : -1;
  return html`<div class="wide" tabindex="0" role="region" aria-label=${one.title}><table><thead><tr>${one.head.map((name, n) =>
    html`<th scope="col" class=${typeof one.rows[0]?.[n] === "number" ? "number" : ""}>${name}</th>`)}</tr></thead>
    <tbody>${one.rows.map((row, n) => html`<tr class=${n === last ? "sum" : ""}>${row.map((cell) =>
      typeof cell === "number" ? html`<td class="number">${cell}</td>` : html`<td>${shown(cell, 300)}</td>`)}</tr>`)}</tbody></table></div>`;
}

function Section({ one }) {
  const table = one.rows.length > 0 && html`<${Table} one=${one} />`;
  return html`<section class=${`part ${one.plot ? "plotted" : ""}`} aria-labelledby=${"h-" + one.name}><h2 id=${"h-" + one.name}>${one.title}</h2>
    ${one.plot && html`<${Plot} svg=${one.plot} />`}
    ${one.plot && table ? html`<details><summary>${t("表格", "As a table")}</summary>${table}</details>` : table}</section>`;
}

function Numbers({ known }) {
  const states = known.states;
  const told = [
    [t("弹幕", "Comments"), known.comments], [t("回答到的", "Answered"), known.served], [t("登记的问题", "Issues"), known.issues],
    [t("等审核", "Held"), states.held || 0], [t("没听到（秒）", "Deaf (s)"), Math.round(known.deaf_s)],
    [t("回答用时 p50", "To answer, p50"), known.latency.p50 === null ? "—" : `${known.latency.p50} ms`],
  ];
  return html`<dl class="numbers">${told.map(([name, n]) => html`<div><dt>${name}</dt><dd>${n}</dd></div>`)}</dl>`;
}

const wanted = () => Number(new URLSearchParams(location.search).get("stream")) || null;

function Body() {
  useAgain();
  const [list, setList] = useState(null);
  const [stream, setStream] = useState(wanted);
  const [report, setReport] = useState(null);
  const [error, setError] = useState("");
  const fetchList = async () => {
    const told = await get("/streams");
    setList(told.streams);
    setStream((now) => now || told.latest);
  };
  const fetchReport = async () => {
    if (!stream) return;
    try {
      const told = await get(path`/streams/${stream}/report`);
      setReport(told);
      setError("");
    } catch (problem) {
      setError(problem.words || String(problem));
    }
  };
  useLive(["stream"], { reset: fetchList, stream: fetchList });
  const lang = document.documentElement.lang;
  useEffect(() => {
    fetchReport();
  }, [stream, lang]);
  const live = report?.figures.live;
  useEffect(() => {
    const timer = live && setInterval(fetchReport, EVERY_MS);
    return () => clearInterval(timer);
  }, [stream, live, lang]);
  const choose = (event) => {
    const chosen = Number(event.target.value);
    history.replaceState(null, "", `?stream=${chosen}`);
    setStream(chosen);
  };
  if (list && !list.length) return html`<p>${t("还没有直播记录。", "There is no stream yet.")}</p>`;
  const known = report?.figures;
  return html`<div class="row tools"><label class="stream">${t("哪一场", "Stream")}
      <select onChange=${choose} value=${stream}>${(list || []).map((one) => html`<option value=${one.id} selected=${one.id === stream}>
        ${`${one.room} #${one.id} · ${clock(one.started_at)} · ${one.comments} ${t("条", "comments")}${one.ended_at ? "" : t(" · 直播中", " · on air")}`}</option>`)}</select></label></div>
    ${error && html`<p class="error" role="alert">${error}</p>`}
    ${known ? html`<p class="soft">${shown(known.room, 80)} #${known.stream} · ${clock(known.started_at)} – ${known.ended_at ? clock(known.ended_at) : t("直播中", "on air")}</p>
      <${Numbers} known=${known} />
      <div class="parts">${report.sections.map((one) => html`<${Section} key=${one.name} one=${one} />`)}</div>
      <p class="soft">${t("存成一个文件：", "As one file: ")}<code>livebot report --stream ${known.stream} --format html</code></p>`
      : !error && html`<p class="soft">${t("正在算…", "Counting…")}</p>`}`;
}

start({ path: "/report", body: Body });
