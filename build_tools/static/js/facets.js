/* The page of all claims: search and facets over the list. Loads the index when it is used, not before. */
(() => {
"use strict";
const place = document.querySelector("[data-seek]"), all = document.querySelector("[data-all-claims]");
if (!place || !all) return;
const base = document.currentScript.getAttribute("src").replace(/static\/facets\.js.*$/, "");
const FACETS = [["kind", "Kind"], ["topic", "Topic"], ["article", "Article"], ["asserter", "Who says it"], ["entity", "Names"], ["weight", "Weight"], ["hedged", "Hedged"], ["disputed", "Disputed"]];
const SHOW = 20, VALUES = 8;
let search, data, state = read(), shown = SHOW, turn = 0, parts;

function read() {
  const params = new URLSearchParams(location.search), chosen = {q: params.get("q") || ""};
  for (const [name] of FACETS) chosen[name] = params.getAll(name);
  return chosen;
}
function address() {
  const params = new URLSearchParams();
  if (state.q.trim()) params.set("q", state.q.trim());
  for (const [name] of FACETS) for (const value of state[name]) params.append(name, value);
  const query = params.toString();
  return location.pathname + (query ? "?" + query : "") + location.hash;
}
const empty = () => !state.q.trim() && FACETS.every(([name]) => !state[name].length);

const engine = () => search ||= sourcebook.engine().then(found => { found.use(base); return found; });
/* Every facet as a list of values, each with its claims as a column of bits. */
async function columns() {
  if (data) return data;
  const s = await engine();
  await s.ready();
  const [f] = await s.load("f");  /* in a small corpus it brings the other two along */
  const [[topics], [entities]] = await Promise.all([s.load("g"), s.load("h")]);
  const count = f.flags.length, signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const flags = Uint8Array.from(f.flags, sign => signs.indexOf(sign));
  const where = test => { const out = []; for (let i = 0; i < count; i++) if (test(flags[i])) out.push(i); return out; };
  let at = 0;
  const article = f.articles.map(([id, title, size]) => { const docs = Array.from({length: size}, (_, i) => at + i); at += size; return [id, title, docs]; });
  data = {count, kind: s.head().kinds.map(([id, label], i) => [id, label, where(flag => (flag & 7) === i)]),
    weight: [["main", "Main claims", where(flag => flag & 8)], ["other", "Others", where(flag => !(flag & 8))]],
    hedged: [["yes", "Hedged", where(flag => flag & 16)], ["no", "Not hedged", where(flag => !(flag & 16))]],
    disputed: [["yes", "Disputed", where(flag => flag & 32)], ["no", "Not disputed", where(flag => !(flag & 32))]],
    article, asserter: f.asserters.flatMap(([name, docs]) => signed(name, s.ascending(docs), s.head().unsigned, article)),
    topic: topics.map(([id, label, docs]) => [id, label, s.ascending(docs)]), entity: entities.map(([id, label, docs]) => [id, label, s.ascending(docs)])};
  for (const [name] of FACETS) data[name] = data[name].filter(([, , docs]) => docs.length);
  return data;
}
/* A speaker as a value of the facet. Articles that nobody signed are one each; all of them together only where an address asks for them. */
function signed(name, docs, unsigned, articles) {
  if (name !== unsigned) return [[name, name, docs]];
  const own = new Set(docs);
  return [[name, "All articles that nobody signed", docs, true], ...articles.map(([id, title, mine]) => [id, `“${title}”, unsigned`, mine.filter(doc => own.has(doc))])];
}
/* Or within a facet, and between facets. A facet's own counts leave its own choice out of account. */
async function filter(wanted) {
  const d = await columns(), s = await engine();
  const result = wanted.q && wanted.q.trim() ? await s.find(wanted.q, {whole: true}) : null;
  const found = new Uint8Array(d.count);
  if (result) { for (const [doc] of result.docs) if (doc < d.count) found[doc] = 1; } else found.fill(1);
  const chosen = FACETS.filter(([name]) => (wanted[name] || []).length), allowed = {};
  for (const [name] of chosen) {
    allowed[name] = new Uint8Array(d.count);
    for (const [value, , docs] of d[name]) if (wanted[name].includes(value)) for (const doc of docs) allowed[name][doc] = 1;
  }
  const passes = (doc, except) => found[doc] && chosen.every(([name]) => name === except || allowed[name][doc]);
  const counts = {};
  for (const [name] of FACETS) {
    counts[name] = new Map();
    const open = new Uint8Array(d.count);
    for (let doc = 0; doc < d.count; doc++) open[doc] = passes(doc, name);
    for (const [value, , docs] of d[name]) { let n = 0; for (const doc of docs) n += open[doc]; counts[name].set(value, n); }
  }
  const order = result ? result.docs.map(([doc]) => doc).filter(doc => doc < d.count) : Array.from({length: d.count}, (_, i) => i);
  const passages = result && !chosen.length ? result.docs.map(([doc]) => doc).filter(doc => doc >= d.count) : [];
  return {docs: order.filter(doc => passes(doc)), passages, counts, result};
}
window.sourcebookFacets = {filter};

function build(s) {
  const {element} = s;
  const input = element("input", {type: "search", id: "seek-q", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", placeholder: "A word, a name, a figure, “a phrase”"});
  const form = element("form", {role: "search", class: "seek-form"}, element("label", {for: "seek-q"}, "Search these claims"), input);
  const choices = element("div", {class: "seek-choices"}), panel = element("details", {class: "seek-panel"}, element("summary", {}, "Filters"), choices);
  const status = element("p", {class: "seek-status", role: "status"}), chips = element("p", {class: "seek-chips"}), list = element("ol", {class: "results"});
  const more = element("button", {type: "button", class: "seek-more", hidden: true}, "Show more"), passages = element("div", {class: "seek-passages"});
  const clear = element("button", {type: "button", class: "seek-clear"}, "Clear all");
  parts = {input, panel, choices, status, chips, list, more, clear, passages};
  form.addEventListener("submit", event => { event.preventDefault(); input.blur(); });
  input.addEventListener("input", () => { state.q = input.value; shown = SHOW; history.replaceState(null, "", address()); update(); });
  panel.addEventListener("toggle", update);
  more.addEventListener("click", () => { shown += SHOW; update(); });
  clear.addEventListener("click", () => { state = {q: ""}; for (const [name] of FACETS) state[name] = []; input.value = ""; go(); input.focus(); });
  place.replaceChildren(form, element("div", {class: "seek-now"}, status, chips),
    element("div", {class: "seek-columns"}, panel, element("div", {class: "seek-results"}, list, more, passages)));
  if (matchMedia("(min-width: 60rem)").matches && !empty()) panel.open = true;
}
function go() { shown = SHOW; history.pushState(null, "", address()); update(); }
function toggle(name, value) {
  state[name] = state[name].includes(value) ? state[name].filter(other => other !== value) : [...state[name], value];
  go();
}
function choice(s, name, label, values, counts) {
  const {element} = s, chosen = new Set(state[name]);
  const listed = values.filter(([value, , , asked]) => !asked || chosen.has(value))
    .map(([value, words]) => [value, words, counts.get(value)]).filter(([value, , n]) => n || chosen.has(value));
  listed.sort((a, b) => chosen.has(b[0]) - chosen.has(a[0]) || b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
  const row = ([value, words, n]) => {
    const box = element("input", {type: "checkbox", value, checked: chosen.has(value)});
    box.addEventListener("change", () => toggle(name, value));
    box.dataset.facet = name;
    return element("li", {}, element("label", {}, box, element("span", {}, words), " ", element("span", {class: "count"}, s.grouped(n))));
  };
  const rest = listed.slice(VALUES), open = choice.open.has(name);
  const list = element("ul", {}, ...listed.slice(0, open ? listed.length : VALUES).map(row));
  const made = element("fieldset", {class: "facet"}, element("legend", {}, label), list);
  if (rest.length && !open) {
    const button = element("button", {type: "button"}, `${rest.length} more`);
    button.addEventListener("click", () => { choice.open.add(name); const first = list.children.length; list.append(...rest.map(row)); button.remove(); list.children[first].querySelector("input").focus(); });
    made.append(button);
  }
  return made;
}
choice.open = new Set();
/* A result without filters: claims, and passages that are none. */
function split(s, result) {
  const docs = result.docs.map(([doc]) => doc), claims = s.head().n[0];
  return {docs: docs.filter(doc => doc < claims), passages: docs.filter(doc => doc >= claims), result};
}
/* Show so many of what was found; false if something else was asked for meanwhile. */
async function present(s, found, most, mine) {
  const wanted = found.result ? found.result.stems : new Set();
  const [rows, others] = await Promise.all([found.docs.slice(0, most), found.passages.slice(0, 5)].map(docs => Promise.all(docs.map(s.row))));
  if (mine !== turn) return false;
  parts.list.replaceChildren(...rows.map(row => s.item(row, wanted)));
  parts.more.hidden = found.docs.length <= most;
  parts.passages.replaceChildren(...(others.length ? [s.element("h2", {}, "In passages that are no claims"), s.element("ol", {class: "results"}, ...others.map(row => s.item(row, wanted)))] : []));
  return true;
}
async function update() {
  const mine = ++turn;
  const s = await engine();
  if (!parts) build(s);
  const quiet = empty();
  all.hidden = !quiet || parts.panel.open;
  if (quiet && !parts.panel.open) {
    parts.list.replaceChildren(); parts.status.textContent = ""; parts.chips.replaceChildren(); parts.passages.replaceChildren(); parts.more.hidden = true;
    return;
  }
  try {
    const chosen = FACETS.some(([name]) => state[name].length);
    if (!quiet && !chosen && s.head()?.d.length !== 1) {
      /* In a large corpus the best come first; then all of them, and what the filters need. */
      const first = await s.find(state.q, {sofar: () => mine === turn});
      if (!first || mine !== turn || !await present(s, split(s, first), 5, mine)) return;
    }
    const d = chosen || parts.panel.open ? await columns() : null;
    const found = d ? await filter(state) : split(s, await s.find(state.q, {whole: true}));
    if (mine !== turn) return;
    const focus = document.activeElement?.dataset?.facet ? [document.activeElement.dataset.facet, document.activeElement.value] : null;
    if (d) parts.choices.replaceChildren(...FACETS.filter(([name]) => d[name].length).map(([name, label]) => choice(s, name, label, d[name], found.counts[name])));
    if (focus) [...parts.choices.querySelectorAll("input")].find(box => box.dataset.facet === focus[0] && box.value === focus[1])?.focus();
    parts.chips.replaceChildren(...FACETS.flatMap(([name, label]) => state[name].map(value => {
      const words = d[name].find(([id]) => id === value)?.[1] || value;
      const chip = s.element("button", {type: "button", class: "chip", "aria-label": `Remove filter ${label}: ${words}`}, `${words} ×`);
      chip.addEventListener("click", () => toggle(name, value));
      return chip;
    })), ...(quiet ? [] : [parts.clear]));
    const note = found.result ? s.summary({...found.result, count: found.docs.length}).replace(/results?/, found.docs.length === 1 ? "claim" : "claims") : s.plural(found.docs.length, "claim");
    parts.status.textContent = quiet ? `${s.plural(found.docs.length, "claim")} in all` : note;
    await present(s, found, shown, mine);
  } catch {
    if (mine === turn) { parts.status.textContent = "The search index could not be loaded; below is the whole list."; all.hidden = false; }
  }
}
/* Before anything is loaded: the box and the button, which load the rest when they are used. */
function sleeping() {
  place.hidden = false;
  place.innerHTML = "";
  const form = document.createElement("form"), label = document.createElement("label"), input = document.createElement("input"), button = document.createElement("button");
  form.className = "seek-form"; form.setAttribute("role", "search");
  label.htmlFor = "seek-q"; label.textContent = "Search these claims";
  input.type = "search"; input.id = "seek-q"; input.autocomplete = "off"; input.placeholder = "A word, a name, a figure, “a phrase”";
  button.type = "button"; button.className = "seek-open"; button.textContent = "Filters";
  form.append(label, input, button);
  place.append(form);
  const wake = async (open) => {
    const s = await engine(), typed = input.value, focused = document.activeElement === input;
    if (parts) return;
    build(s);
    parts.input.value = state.q = typed;
    if (focused) parts.input.focus();
    if (open) { parts.panel.open = true; parts.panel.querySelector("summary").focus(); }
    if (typed) { history.replaceState(null, "", address()); update(); }
  };
  input.addEventListener("input", () => wake(false), {once: true});
  input.addEventListener("focus", () => engine(), {once: true});
  button.addEventListener("click", () => wake(true), {once: true});
  form.addEventListener("submit", event => event.preventDefault());
}
addEventListener("popstate", () => { state = read(); if (parts) parts.input.value = state.q; update(); });
if (empty()) sleeping();
else { place.hidden = false; all.hidden = true; engine().then(s => { build(s); parts.input.value = state.q; return update(); }).catch(() => { all.hidden = false; }); }
})();
