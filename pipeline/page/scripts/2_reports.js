// Texts and rows of the reports: in the page itself, or, for many reports, in files beside it that are read when needed.
const shelves = new Map(); // name of a shelf → promise of its reports
const SHELVES_KEPT = 40; // the browser's memory holds so many files at most
const waiting = new Map();
window.pageData = (name, value) => waiting.get(name)(value);

function fromFile(name) {
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `report_data/${name}.js`;
    script.onload = () => script.remove();
    script.onerror = () => reject(new Error(`report_data/${name}.js`));
    document.head.append(script);
  });
}

function shelf(name) {
  if (!shelves.has(name)) {
    if (shelves.size >= SHELVES_KEPT) shelves.delete(shelves.keys().next().value);
    shelves.set(name, DATA.shelves ? Promise.resolve(DATA.shelves[name]) : fromFile(name));
  }
  return shelves.get(name);
}

const places = new Map(DATA.reports.map((report, place) => [report.id, place]));

// The batch a report lies in, and its place there.
function lies(id) {
  let place = places.get(id);
  for (const [batch, size] of DATA.batches) {
    if (place < size) return [batch, place];
    place -= size;
  }
  return null;
}

async function openReport(id) {
  const found = lies(id);
  if (!found) return null;
  const [batch, place] = found;
  const reports = await shelf(`${batch}/${Math.floor(place / DATA.perShelf)}`);
  return withText(reports[place % DATA.perShelf]);
}

// Where in a report the measures of a theme start that was found in all reports together.
const members = new Map(); // name of a batch → promise of its measures by report and theme
async function startsOf(cluster, id) {
  const [batch] = lies(id);
  if (!members.has(batch)) members.set(batch, DATA.members ? Promise.resolve(DATA.members[batch]) : fromFile(`page/members-${batch}`));
  return (await members.get(batch))[id]?.[DATA.clusters.indexOf(cluster)] ?? [];
}

// Offsets count characters as Python does; a rare Chinese character outside the basic plane is two units in JavaScript.
function withText(report) {
  if (!report.slice) {
    const rare = /[\ud800-\udfff]/.test(report.text);
    const chars = rare ? Array.from(report.text) : report.text;
    report.slice = rare ? (from, to) => chars.slice(from, to).join("") : (from, to) => chars.slice(from, to);
    report.length = chars.length;
    report.chars = chars;
  }
  return report;
}

const nameOf = (id) => DATA.reports[places.get(id)]?.name ?? id;

const LONGEST_TITLE = 28;

function sectionPath(report, start) {
  const path = report.sections.filter(([from, to]) => from <= start && start < to);
  return path.map(([, , title]) => (title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title)).join(" › ");
}

// The sentences before, around and after a place, so that the evidence is read in its context.
function context(report, start, end) {
  const rows = report.sentences;
  let first = rows.findIndex(([, to]) => to > start);
  let last = first;
  while (last >= 0 && last + 1 < rows.length && rows[last + 1][0] < end) last += 1;
  if (first < 0) return [Math.max(0, start - 80), Math.min(report.length, end + 80)];
  first = Math.max(0, first - 1);
  last = Math.min(rows.length - 1, last + 1);
  return [Math.min(start, rows[first][0]), Math.max(end, rows[last][1])];
}
