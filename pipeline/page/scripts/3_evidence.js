// The evidence panel: every link in the page is a hash such as #theme=legal_counsel&report=dongli, and ends here.
const dialog = byId("evidence");
const MOST_SHOWN = 100;
let asked = 0; // the latest question asked; an answer to an earlier one that comes late is dropped

const SOURCES = {
  m: { rows: "metrics", zh: "数据", en: "figure" },
  d: { rows: "instruments", zh: "文件", en: "document" },
  t: { rows: "assignments", zh: "任务", en: "task" },
  a: { rows: "measures", zh: "句子", en: "sentence" },
};

const inYears = (from, to, year, until) => from === Number(year) && (!until || to === Number(until));

// Which rows of a report a question asks for. Each gives rows [start, end, …] and the letter of their kind.
const QUESTIONS = {
  theme: (report, q) => ["a", report.measures.filter((row) => row[2] && row[4].includes(q.theme) && (!q.status || row[3] === q.status))],
  status: (report, q) => ["a", report.measures.filter((row) => (row[3] ?? "framing") === q.status)],
  indicator: (report, q) => ["m", report.metrics.filter((row) => row[2] === q.indicator && (!q.status || row[3] === q.status))],
  unit: (report, q) => ["t", report.assignments.filter((row) => row[3].includes(q.unit))],
  cluster: async (report, q) => {
    const starts = new Set(await startsOf(q.cluster, report.id));
    return ["a", report.measures.filter((row) => row[2] && starts.has(row[0]))];
  },
  year: (report, q) =>
    q.kind === "deadline"
      ? ["t", report.assignments.filter((row) => row[4] === Number(q.year))]
      : ["d", report.instruments.filter((row) => inYears(row[3], row[4], q.year, q.until) && (!q.kind || row[2] === q.kind))],
};

function read(hash) {
  return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "").replace(/\+/g, "%2B")));
}

async function route() {
  const q = read(location.hash);
  if (q.q !== undefined) return search(q.q, q.report ?? "");
  const kind = Object.keys(QUESTIONS).find((name) => q[name] !== undefined);
  if (!kind && !q.ids && !q.at) return dialog.open && dialog.close();
  const mine = ++asked;
  show(titleOf(kind, q), `<p>${say("正在读取……", "Loading …")}</p>`);
  try {
    const found = kind ? await answer(kind, q) : await named(q);
    if (mine === asked) show(titleOf(kind, q), listed(found), found.cut ? `${MOST_SHOWN}+` : found.length);
  } catch (error) {
    show(titleOf(kind, q), `<p>${say("数据文件读取失败：", "A data file could not be read: ")}${esc(error.message)}</p>`);
  }
}

async function answer(kind, q) {
  const found = [];
  for (const id of q.report ? [q.report] : DATA.reports.map((report) => report.id)) {
    // Of many reports no more are read than are shown: the others lie in files that would all have to be opened.
    if (!DATA.shelves && found.length > MOST_SHOWN) return Object.assign(found, { cut: true });
    const report = await openReport(id);
    if (!report) continue;
    const [letter, rows] = await QUESTIONS[kind](report, q);
    rows.forEach((row) => found.push({ report, letter, row, start: row[0], end: row[1] }));
  }
  return found;
}

async function named(q) {
  const found = [];
  for (const one of (q.ids ?? q.at).split(",")) {
    const [id, place] = [one.slice(0, one.lastIndexOf(":")), one.slice(one.lastIndexOf(":") + 1)];
    const report = await openReport(id);
    if (!report) continue;
    found.push(q.ids ? byName(report, place) : byPlace(report, place));
  }
  return found.filter(Boolean);
}

function byName(report, place) {
  const letter = place[0];
  const start = Number(place.slice(1));
  const sources = SOURCES[letter] ? report[SOURCES[letter].rows] : report.sentences;
  const row = sources.find(([from]) => from === start);
  return row && { report, letter, row, start: row[0], end: row[1] };
}

function byPlace(report, place) {
  const [start, end] = place.split("-").map(Number);
  const inside = 0 <= start && start < end && end <= report.length;
  return inside ? { report, letter: "", row: [], start, end } : null;
}

function titleOf(kind, q) {
  const what = {
    theme: () => sayCode("theme", q.theme), status: () => sayCode("status", q.status), indicator: () => sayCode("indicator", q.indicator),
    unit: () => esc(q.unit), cluster: () => sayCode("cluster", q.cluster), year: () => esc(q.until ? `${q.year}–${q.until}` : q.year),
  };
  const status = kind !== "status" && q.status ? ` · ${sayCode("status", q.status)}` : "";
  return (kind ? what[kind]() : say("原文依据", "Evidence")) + status + (q.report ? ` · ${esc(nameOf(q.report))}` : "");
}

function listed(found) {
  if (!found.length) return `<p>${say("原文中没有相应的句子。", "No sentence in the texts answers this.")}</p>`;
  const more = found.length - MOST_SHOWN;
  const told = found.cut ? say("其余未列出；请选定一份报告。", "The others are not listed; choose one report.") : say(`另有${more}处未列出；请选定一份报告。`, `${more} more are not listed; choose one report.`);
  const rest = more > 0 ? `<p>${told}</p>` : "";
  return found.slice(0, MOST_SHOWN).map(evidence).join("") + rest;
}

function evidence({ report, letter, row, start, end }) {
  const [from, to] = context(report, start, end);
  const source = SOURCES[letter];
  const told = [`<strong>${esc(nameOf(report.id))}</strong>`, esc(sectionPath(report, start)), `text[${start}:${end}]`];
  if (source) told.push(`${say(source.zh, source.en)} ${esc(report.id)}:${letter}${start}`);
  if (letter === "a") told.push(row[3] ? sayCode("status", row[3]) : sayCode("status", "framing"), ...row[4].map((code) => sayCode("theme", code)));
  if (letter === "m") told.push(sayCode("status", row[3]), row[2] ? sayCode("indicator", row[2]) : "", esc(row[4]));
  return `<article class="evidence"><p class="where">${told.filter(Boolean).join(" · ")}</p>
    <blockquote lang="zh-CN"><span class="around">${esc(report.slice(from, start))}</span><mark>${esc(report.slice(start, end))}</mark><span class="around">${esc(report.slice(end, to))}</span></blockquote>
    <button type="button" data-report="${esc(report.id)}" data-start="${start}" data-end="${end}">${say("在全文中看", "See it in the whole text")}</button>${source ? versionOf(source.rows) : ""}</article>`;
}

const versionOf = (table) =>
  `<details><summary>${say("规则与编码本版本", "Versions of rules and codebook")}</summary>${esc(DATA.versions[table])}</details>`;

function show(title, body, count) {
  byId("evidence-title").innerHTML = title + (count === undefined ? "" : ` (${count})`);
  byId("evidence-body").innerHTML = body;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

byId("evidence-body").addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-report]");
  if (!button) return;
  const report = await openReport(button.dataset.report);
  const [start, end] = [Number(button.dataset.start), Number(button.dataset.end)];
  const text = `${esc(report.slice(0, start))}<mark>${esc(report.slice(start, end))}</mark>${esc(report.slice(end, report.length))}`;
  show(esc(nameOf(report.id)), `<div class="whole" lang="zh-CN">${text}</div>`);
  byId("evidence-body").querySelector("mark").scrollIntoView({ block: "center" });
});

byId("evidence-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  if (location.hash.includes("=")) history.replaceState(null, "", location.pathname + location.search);
});
window.addEventListener("hashchange", route);
