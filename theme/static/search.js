// The search page's surface: Pagefind finds, this shows. Without it the page lists all essays, and keeps doing so below.

const form = document.querySelector("form[role=search]");
const narrow = form.querySelector("fieldset");
const status = document.querySelector(".search-status");
const list = document.querySelector(".search-results");
const more = document.querySelector(".search-more");
const all = document.querySelector(".search-all");

const AT_ONCE = 10; // results shown before "Show more"
const PAUSE = 200; // milliseconds after the last letter
const WORDS_TRIED = 8; // of a long phrase that is nowhere as a whole

let asked = 0; // an answer that comes after a later question is dropped
let pause = 0;
let left = []; // results not shown yet

let loading = null;
function engine() {
  loading ??= import(new URL("../pagefind/pagefind.js", import.meta.url).href).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

// What is asked: the words and what narrows them. The address holds the same, so that a search can be kept or sent.

function question() {
  const given = new FormData(form);
  const said = (name) => (given.get(name) ?? "").trim();
  return { words: said("q"), year: said("year"), tag: said("tag") };
}

function addressOf({ words, year, tag }) {
  const query = String(new URLSearchParams(Object.entries({ q: words, year, tag }).filter(([, value]) => value)));
  return location.pathname + (query && `?${query}`);
}

function takeFromAddress() {
  const query = new URLSearchParams(location.search);
  for (const name of ["q", "year", "tag"]) {
    if (form.elements[name]) form.elements[name].value = query.get(name) ?? "";
    if (form.elements[name]?.selectedIndex === -1) form.elements[name].value = "";
  }
}

// Finding

async function find({ words, year, tag }) {
  const filters = { ...(year && { year }), ...(tag && { tag }) };
  const pagefind = await engine();
  const order = words ? {} : { sort: { date: "desc" } };
  const { results } = await pagefind.search(words || null, { filters, ...order });
  return results.length || !words ? { results, whole: true } : { results: await most(pagefind, words, filters), whole: false };
}

// A phrase is remembered by halves: where no essay has all its words, those that have at least half of them.
async function most(pagefind, words, filters) {
  const each = [...new Set(words.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])].slice(0, WORDS_TRIED);
  if (each.length < 2) return [];
  const found = new Map();
  for (const word of each) {
    for (const result of (await pagefind.search(word, { filters })).results) {
      const known = found.get(result.id) ?? { result, words: 0, score: 0 };
      found.set(result.id, { result, words: known.words + 1, score: known.score + result.score });
    }
  }
  const enough = Math.ceil(each.length / 2);
  const likely = [...found.values()].filter(({ words: number }) => number >= enough);
  return likely.sort((a, b) => b.words - a.words || b.score - a.score).map(({ result }) => result);
}

async function ask() {
  const mine = ++asked;
  const wanted = question();
  if (!wanted.words && !wanted.year && !wanted.tag) return show([], "", mine);
  try {
    const { results, whole } = await find(wanted);
    await show(results, told(results.length, wanted, whole), mine);
  } catch {
    await show([], "The search does not answer just now. Load this page again, or look through all essays below.", mine);
  }
}

function told(number, { words, year, tag }, whole) {
  const where = (tag ? ` about ${tag}` : "") + (year ? ` in ${year}` : "");
  const essays = number === 1 ? "1 essay" : `${number} essays`;
  if (!words) return `${essays}${where}`;
  if (!number) return `No essay${where} has the words “${words}”. Fewer words may find more; all essays are below.`;
  return whole ? `${essays}${where} for “${words}”` : `No essay${where} has all of “${words}”; ${essays} with part of it`;
}

// Showing

async function show(results, message, mine) {
  const rows = await Promise.all(results.slice(0, AT_ONCE).map(row));
  if (mine !== asked) return;
  left = results.slice(AT_ONCE);
  list.replaceChildren(...rows);
  list.hidden = !rows.length;
  all.hidden = rows.length > 0;
  more.hidden = !left.length;
  status.textContent = message;
}

async function showMore() {
  const mine = asked;
  const next = left.slice(0, AT_ONCE);
  const rows = await Promise.all(next.map(row));
  if (mine !== asked) return;
  left = left.slice(next.length);
  list.append(...rows);
  more.hidden = !left.length;
  rows[0]?.querySelector("a").focus();
}

async function row(result) {
  const { url, meta, excerpt, content } = await result.data();
  const when = element("time", written(meta.date));
  when.dateTime = meta.date;
  const title = element("a", meta.title);
  title.href = url;
  const about = element("div", title, element("p", ...marked(parsed(excerpt), parsed(content).textContent.trim())));
  return element("li", when, about);
}

// The day as the author's calendar showed it, whatever zone the reader is in.
function written(moment) {
  const day = new Date(`${moment.slice(0, 10)}T00:00Z`);
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" }).format(day);
}

// Pagefind marks what it has found; of all its markup only the marks and the text are taken over.
// Where the essay begins sooner or goes on, dots say so.
function marked(excerpt, whole) {
  const words = excerpt.textContent.trim();
  const said = [...excerpt.childNodes].map(({ nodeName, textContent }) => (nodeName === "MARK" ? element("mark", textContent) : textContent));
  return [whole.startsWith(words) ? "" : "…\u00a0", ...said, whole.endsWith(words) ? "" : "\u00a0…"];
}

function parsed(markup) {
  return new DOMParser().parseFromString(markup, "text/html").body;
}

function element(name, ...inside) {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
}

// The page

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  const address = addressOf(question());
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  ask();
});
form.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    history.replaceState(null, "", addressOf(question()));
    ask();
  }, PAUSE);
});
form.addEventListener("focusin", () => engine().catch(() => {}), { once: true });
more.addEventListener("click", showMore);
addEventListener("popstate", () => {
  takeFromAddress();
  ask();
});

narrow.disabled = narrow.hidden = false;
takeFromAddress();
ask();
