// Wording and escaping. Everything that comes from a report passes through esc() before it becomes HTML.
const DATA = JSON.parse(document.getElementById("data").textContent);
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const esc = (text) => String(text ?? "").replace(/[&<>"']/g, (char) => ESCAPES[char]);
const byId = (id) => document.getElementById(id);

// Both languages are in the page; the style sheet shows the one that is chosen.
const say = (zh, en) =>
  zh === en ? esc(zh) : `<span class="say" lang="zh">${esc(zh)}</span><span lang="en">${esc(en)}</span>`;
const plain = (zh, en) => (document.documentElement.dataset.language === "en" ? en : zh);
const word = (vocabulary, code) => (DATA.words[vocabulary] ?? {})[code] ?? [code, code];
const sayCode = (vocabulary, code) => say(...word(vocabulary, code));

function setLanguage(language) {
  document.documentElement.dataset.language = language;
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.querySelectorAll("[data-zh-label]").forEach((element) => {
    element.setAttribute("aria-label", plain(element.dataset.zhLabel, element.dataset.enLabel));
  });
  document.title = plain(document.body.dataset.zhTitle, document.body.dataset.enTitle);
}

byId("language").addEventListener("click", () => {
  setLanguage(document.documentElement.dataset.language === "en" ? "zh" : "en");
});
