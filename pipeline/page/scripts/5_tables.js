// The tables: DataTables sorts, filters and pages them; a cell is plain, a coded value, or [content, hash, aside].
const linked = (html, hash) => (hash ? `<a href="#${esc(hash)}">${html}</a>` : html);
const asideOf = (aside) => (aside === undefined || aside === null ? "" : `<span class="aside">${told(aside)}</span>`);
const told = (value) => (Array.isArray(value) ? say(value[0], value[1]) : esc(value));
const isLink = (cell) => cell !== null && typeof cell === "object" && "v" in cell;
const valueOf = (cell) => (isLink(cell) ? cell.v : cell);

function shown(cell, column) {
  const value = valueOf(cell);
  const html = column.words ? codes(value, column.words) : told(value);
  if (!isLink(cell)) return html;
  return cell.m ? `<span class="absent">${html}</span>` : linked(html, cell.h) + asideOf(cell.a);
}

const codes = (value, words) =>
  (Array.isArray(value) ? value : [value]).filter((code) => code !== null && code !== undefined).map((code) => sayCode(words, code)).join(say("、", ", "));

function searched(cell, column) {
  const value = valueOf(cell);
  const parts = column.words ? [value].flat().flatMap((code) => word(column.words, code)) : [value].flat();
  if (isLink(cell)) parts.push(...[cell.a ?? ""].flat());
  return parts.join(" ");
}

function sorted(cell, column) {
  if (isLink(cell) && cell.s !== undefined) return cell.s;
  const value = valueOf(cell);
  if (column.number) return value === null || value === "" ? -Infinity : Number(value);
  return searched(cell, column);
}

function render(column) {
  return (cell, type) => (type === "display" ? shown(cell, column) : type === "filter" ? searched(cell, column) : sorted(cell, column));
}

const WORDING = {
  search: say("筛选：", "Filter: "), lengthMenu: `_MENU_ ${say("行", "rows")}`, info: `_START_–_END_ / _TOTAL_`, infoEmpty: "0", infoFiltered: "(/ _MAX_)",
  emptyTable: say("没有数据", "Nothing here"), zeroRecords: say("没有符合条件的行", "No row fits"),
  paginate: { first: "«", previous: "‹", next: "›", last: "»" },
};

function filters(table, columns) {
  const row = document.createElement("tr");
  row.className = "filters";
  columns.forEach((column, number) => {
    const cell = document.createElement("td");
    const input = document.createElement("input");
    Object.assign(input.dataset, { zhLabel: `筛选：${column.zh}`, enLabel: `Filter: ${column.en}` });
    input.type = "search";
    input.addEventListener("input", () => table.column(number).search(input.value).draw());
    cell.append(input);
    row.append(cell);
  });
  table.table().header().append(row);
}

function makeTable(element, rows) {
  const { columns, order } = DATA.tables[tableName(element)];
  const table = new DataTable(element, {
    data: rows, order: order ?? [], pageLength: 25, deferRender: true, autoWidth: false, language: WORDING, orderCellsTop: true,
    columns: columns.map((column) => ({
      title: say(column.zh, column.en), render: render(column), type: column.number ? "num" : "string",
      className: [column.number ? "number" : "", column.long ? "long" : ""].join(" ").trim() || undefined,
    })),
  });
  filters(table, columns);
  const name = element.caption.textContent;
  const label = () => table.table().container().querySelectorAll("nav").forEach((nav) => nav.setAttribute("aria-label", `${name} – pages`));
  table.on("draw", label);
  label();
  setLanguage(document.documentElement.dataset.language);
}

const tableName = (element) => element.id.replace(/^table-/, "");

// A large table is read from its file when the reader comes near it.
const near = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => openTable(one.target)), { rootMargin: "600px" });

async function openTable(element) {
  near.unobserve(element);
  makeTable(element, await fromFile(`page/table-${tableName(element)}`));
}

document.querySelectorAll("table[data-table]").forEach((element) => {
  const { rows } = DATA.tables[tableName(element)];
  if (rows) makeTable(element, rows);
  else near.observe(element);
});
setLanguage(document.documentElement.dataset.language);
route();
document.documentElement.dataset.ready = "yes";
