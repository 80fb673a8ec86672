// Keyword in context over all sentences but page furniture.
const AROUND = 24;
const MOST_HITS = 1000;
const folded = (text) =>
  text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, " ").toLowerCase();
let searching = 0;

async function search(query, only) {
  const mine = ++searching;
  byId("query").value = query;
  byId("query-report").value = only;
  byId("search").scrollIntoView();
  const needle = folded(query.trim());
  if (!needle) return tell(say("请输入要检索的词语。", "Type the words to search for."));
  const ids = DATA.reports.map((report) => report.id).filter((id) => !only || id === only);
  const hits = [];
  for (const [done, id] of ids.entries()) {
    hits.push(...found(await openReport(id), needle));
    if (mine !== searching) return;
    if (!DATA.shelves && hits.length >= MOST_HITS) return tellHits(hits, query.trim(), done + 1);
    if (done % 50 === 49) tell(say(`已检索${done + 1}份报告……`, `${done + 1} reports searched …`));
  }
  tellHits(hits, query.trim());
}

function found(report, needle) {
  if (!report) return [];
  const hits = [];
  for (const [start, end, role] of report.sentences) {
    if (role === "furniture") continue;
    const text = folded(report.slice(start, end));
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      const before = Array.from(text.slice(0, at)).length;
      const from = start + before;
      hits.push({ report, from, to: from + Array.from(needle).length });
    }
  }
  return hits;
}

const tell = (html) => { byId("search-told").innerHTML = html; };

function tellHits(hits, query, searched) {
  const reports = new Set(hits.map((hit) => hit.report.id)).size;
  const part = searched ? say(`；检索到第${searched}份报告为止，请选定一份报告`, `; the search ended at report ${searched}, choose one report`) : "";
  const cut = hits.length > MOST_HITS ? say(`，列出前${MOST_HITS}处`, `; the first ${MOST_HITS} are listed`) : "";
  tell(say(`“${query}”：${reports}份报告中${hits.length}处`, `“${query}”: ${hits.length} places in ${reports} reports`) + cut + part);
  byId("hits").hidden = !hits.length;
  byId("hits").tBodies[0].innerHTML = hits.slice(0, MOST_HITS).map(line).join("");
}

function line({ report, from, to }) {
  const left = report.slice(Math.max(0, from - AROUND), from).replace(/\s+/g, " ");
  const right = report.slice(to, to + AROUND).replace(/\s+/g, " ");
  return `<tr><td>${esc(nameOf(report.id))}</td><td class="left" lang="zh-CN">${esc(left)}</td>
    <td lang="zh-CN"><a href="#at=${encodeURIComponent(report.id)}:${from}-${to}"><mark>${esc(report.slice(from, to))}</mark></a></td><td lang="zh-CN">${esc(right)}</td></tr>`;
}

byId("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const only = byId("query-report").value;
  const hash = `#q=${encodeURIComponent(byId("query").value)}${only ? `&report=${encodeURIComponent(only)}` : ""}`;
  if (location.hash === hash) route();
  else location.hash = hash;
});
