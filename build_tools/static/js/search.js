/* Search. Loaded when somebody searches. Reads the pieces that build_tools/export/search.py writes. */
(() => {
"use strict";

/* ---- Words: the same steps as build_tools/export/_search_words.py ---- */
const CJK = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
const WORD = new RegExp(`[${CJK}]|[a-z]*[0-9]+(?:\\.[0-9]+)*[a-z0-9]*|(?:(?![${CJK}])[\\p{L}\\p{N}])+`, "gu");
const SHOWN = new RegExp(`[${CJK}]|(?:(?![${CJK}])[\\p{L}\\p{N}](?:[.,'’](?=[\\p{L}\\p{N}]))?\\p{M}*)+`, "gu");
const fold = text => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
  .replace(/[‘’]/g, "'").replace(/[‐‑]/g, "-").replace(/per ?cent\b|%/g, " percent ")
  .replace(/\b(?:[a-z]\.)+[a-z]\b/g, s => s.replaceAll(".", "")).replace(/'s\b/g, "").replaceAll("'", "")
  .replace(/([0-9]),(?=[0-9]{3}(?![0-9]))/g, "$1");
const words = folded => folded.match(WORD) || [];
const stems = new Map();
function term(word) {
  if (!/^[a-z]{3,}$/.test(word)) return word;
  let found = stems.get(word);
  if (found === undefined) {
    let w = word;
    if (w.length > 5) w = w.replace(/(..)is(e|ed|es|er|ers|ing|ation|ations)$/, "$1iz$2");
    if (w.length > 5) w = w.replace(/(...)our(s|ed|ing|able|ful)?$/, "$1or$2");
    if (w.length > 5) w = w.replace(/(...)tre(s)?$/, "$1ter$2");
    stems.set(word, found = stem(w));
  }
  return found;
}

/* Porter's second English stemmer, as Snowball 3.1 has it. */
const EXCEPT = {skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl",
  andes: "andes", atlas: "atlas", bias: "bias", cosmos: "cosmos", howe: "howe", news: "news", sky: "sky"};
const V = /[aeiouy]/;
const table = text => text.split(" ").map(pair => pair.split(":")).sort((a, b) => b[0].length - a[0].length);
const STEP2 = table("anci:ance enci:ence ogi:?l li:?v bli:ble abli:able alli:al fulli:ful lessli:less ousli:ous entli:ent aliti:al " +
  "biliti:ble iviti:ive tional:tion ational:ate alism:al ation:ate ization:ize izer:ize ator:ate iveness:ive fulness:ful ousness:ous ogist:og");
const STEP3 = table("icate:ic ative:?2 alize:al iciti:ic ical:ic tional:tion ational:ate ful: ness:");
const STEP4 = table("ic: ance: ence: able: ible: ate: ive: ize: iti: al: ism: ion:?st er: ous: ant: ent: ment: ement:");
const shortEnd = w => /[^aeiouy][aeiouy][^aeiouywxY]$/.test(w) || /^[aeiouy][^aeiouy]$/.test(w) || w.endsWith("past");
function region(w, from) {
  let i = from;
  while (i < w.length && !V.test(w[i])) i++;
  i++;
  while (i < w.length && V.test(w[i])) i++;
  return i < w.length ? i + 1 : w.length;
}
function stem(word) {
  if (word.length < 3) return word;
  if (Object.hasOwn(EXCEPT, word)) return EXCEPT[word];
  let w = "";
  for (const [i, c] of [...word].entries()) w += c === "y" && (i === 0 || V.test(w[i - 1])) ? "Y" : c;
  const start = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(w);
  const p1 = start ? start[0].length : region(w, 0), p2 = p1 < w.length || start ? region(w, p1) : w.length;
  const cut = n => w.slice(0, w.length - n);
  /* 1a */
  if (w.endsWith("sses")) w = cut(2);
  else if (/ie[ds]$/.test(w)) w = cut(w.length > 4 ? 2 : 1);
  else if (/[^us]s$|^s$/.test(w) && V.test(w.slice(0, -2))) w = cut(1);
  /* 1b */
  const b = /(?:eedly|eed|ingly|edly|ing|ed)$/.exec(w);
  if (b) {
    const before = cut(b[0].length);
    if (b[0].startsWith("eed")) {
      if (before.length >= p1 && !/^(?:succ|proc|exc)$/.test(before)) w = before + "ee";
    } else if (b[0].startsWith("ing") && /^[^aeiouy]y$/.test(before)) {
      w = before[0] + "ie";
    } else if (!(b[0].startsWith("ing") && /^(?:even|cann|inn|earr|herr|out)$/.test(before)) && V.test(before)) {
      w = before;
      if (/(?:at|bl|iz)$/.test(w)) w += "e";
      else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) { if (!/^[aeo]..$/.test(w)) w = cut(1); }
      else if (w.length === p1 && shortEnd(w)) w += "e";
    }
  }
  /* 1c */
  if (/.[^aeiouy][yY]$/.test(w)) w = cut(1) + "i";
  /* 2 to 4 */
  for (const [rules, least] of [[STEP2, p1], [STEP3, p1], [STEP4, p2]]) {
    const rule = rules.find(([end]) => w.endsWith(end));
    if (!rule) continue;
    const before = cut(rule[0].length), last = before.slice(-1);
    if (before.length < least) continue;
    if (rule[1] === "?l") { if (last === "l") w = before + "og"; }
    else if (rule[1] === "?v") { if (/[cdeghkmnrt]/.test(last)) w = before; }
    else if (rule[1] === "?2") { if (before.length >= p2) w = before; }
    else if (rule[1] === "?st") { if (/[st]/.test(last)) w = before; }
    else w = before + rule[1];
  }
  /* 5 */
  if (w.endsWith("e")) { const before = cut(1); if (before.length >= p2 || (before.length >= p1 && !shortEnd(before))) w = before; }
  else if (w.endsWith("ll") && w.length - 1 >= p2) w = cut(1);
  return w.replaceAll("Y", "y");
}

/* ---- Pieces ---- */
let base = "";
const pieces = new Map(), loading = new Map();
window.sourcebookPiece = (name, ...data) => { pieces.set(name, data); };
function load(name) {
  if (pieces.has(name)) return Promise.resolve(pieces.get(name));
  if (!loading.has(name)) loading.set(name, new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${base}search/${/^[a-z]\d+$/.test(name) ? name[0] + "/" + name.slice(1) : name}.js`;
    script.onload = () => { script.remove(); pieces.has(name) ? resolve(pieces.get(name)) : reject(new Error(name)); };
    script.onerror = () => { script.remove(); loading.delete(name); reject(new Error(name)); };
    document.head.append(script);
  }));
  return loading.get(name);
}
const DIGIT = new Map([..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].map((c, i) => [c, i]));
function* numbers(text, from = 0) {
  let value = 0, size = 1;
  for (let i = from; i < text.length; i++) {
    const digit = DIGIT.get(text[i]);
    value += (digit & 31) * size;
    if (digit & 32) size *= 32; else { yield value; value = 0; size = 1; }
  }
}
const ascending = text => { let last = 0; const out = []; for (const n of numbers(text)) out.push(last += n); return out; };
/* A common word has thousands: no generator here, and a table by character. */
const DIGITS = new Uint8Array(128);
for (const [sign, value] of DIGIT) DIGITS[sign.charCodeAt(0)] = value;
function postings(text) {
  const out = new Map();
  let last = 0, value = 0, size = 1;
  for (let i = 0; i < text.length; i++) {
    const digit = DIGITS[text.charCodeAt(i) & 127];
    value += (digit & 31) * size;
    if (digit & 32) { size *= 32; continue; }
    const entry = last + value, impact = entry % 16;
    last = entry - impact;
    out.set(last / 16, impact);
    value = 0; size = 1;
  }
  return out;
}
/* Which pieces of a sorted row of beginnings may hold what lies between two words. */
function range(begins, from, to) {
  let first = 0;
  while (first + 1 < begins.length && begins[first + 1] <= from) first++;
  const out = [first];
  while (out.at(-1) + 1 < begins.length && begins[out.at(-1) + 1] <= to) out.push(out.at(-1) + 1);
  return out;
}
let head;
const ready = async () => head ||= (await load("start"))[0];
const shards = new Map();
async function shard(number) {
  const [text] = await load(`t${number}`);
  if (!shards.has(number)) shards.set(number, new Map(text.split(";").map(row => { const at = row.indexOf("="); return [row.slice(0, at), row.slice(at + 1)]; })));
  return shards.get(number);
}
/* A stem's documents: {list: Map(document → impact), count, cut: whether the list holds only the best}. */
async function lookup(key, whole) {
  const row = (await shard(range(head.t, key, key)[0])).get(key);
  return row === undefined ? null : read(row, whole);
}
async function read(row, whole) {
  const big = row.includes("!") && /^(\d+)\.(\d+)!/.exec(row);
  if (!big) { const list = postings(row); return {list, count: list.size, cut: false}; }
  if (whole) { const list = postings((await load(`o${big[2]}`))[0]); return {list, count: list.size, cut: false}; }
  return {list: postings(row.slice(big[0].length)), count: +big[1], cut: true};
}

/* ---- From a query to documents ---- */
const ENDS = "ation ations ational able ability al ally ance ant ate ated ating ed edly ence ency ent er ers es est ful ially ic ical ied ier ies iest " +
  "ing ingly ion ions ious ism ist ities ity ive ively ization ize ized izing less ly ment ments ness or ory ous ously s y".split(" ").join(" ");
const mayEnd = rest => rest === "" || (" " + ENDS).includes(" " + rest);
function parse(query) {
  const phrases = [];
  const plain = query.replace(/["“”„]([^"“”„]+)["“”]/g, (_, inner) => { phrases.push(words(fold(inner)).map(term)); return ` ${inner} \u0001`; });
  const open = /[\p{L}\p{N}]$/u.test(plain);
  const all = words(fold(plain)), stop = new Set(head.stop.split(" "));
  let kept = all.filter(word => !stop.has(word));
  if (!kept.length) kept = all;
  return {phrases: phrases.filter(phrase => phrase.length > 1), words: [...new Set(kept)], all: all.map(term), open};
}
function distance(a, b, most) {
  /* Damerau's, one row at a time; gives up above `most`. */
  let older = [], row = Array.from({length: b.length + 1}, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], older[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    older = row; row = next;
  }
  return row[b.length];
}
/* Which letters a word has, as bits: words that differ in too many need no closer look. */
function letters(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}
function bitCount(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}
const lists = new Map();
async function spelling(number) {
  const [text] = await load(`w${number}`);
  if (!lists.has(number)) {
    const out = [];
    let last = "";
    for (const [, same, rest, count] of text.matchAll(/([0-9A-Za-z_-])([^0-9]*)([0-9])/g)) { last = last.slice(0, DIGIT.get(same)) + rest; out.push([last, +count, letters(last)]); }
    lists.set(number, out);
  }
  return lists.get(number);
}
/* The known words nearest to one that is not known: first letter taken as right where the lists are many. */
async function nearest(word) {
  if (word.length < 4 || /[0-9]/.test(word) || !head.w.length) return [];
  const most = word.length < 6 ? 1 : 2;
  const from = head.w.length > 3 ? range(head.w, word[0], word[0] + "\uffff") : head.w.map((_, i) => i), mine = letters(word);
  let best = [];
  for (const [known, count, theirs] of (await Promise.all(from.map(spelling))).flat()) {
    if (Math.abs(known.length - word.length) > most || bitCount(mine & ~theirs) > most || bitCount(theirs & ~mine) > most) continue;
    const far = distance(word, known, most);
    if (far <= most) best.push([far + (known[0] !== word[0] ? .5 : 0) - count / 40, known]);
  }
  best.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
  return best.filter(([far]) => far < best[0][0] + .6).slice(0, 4).map(([, known]) => known);
}
/* All a word may stand for: Map(document → score), the stems, and what it was corrected to. */
async function expand(word, prefix, whole) {
  const total = head.n.reduce((a, b) => a + b), key = term(word), open = prefix && word.length > 1;
  const around = open ? range(head.t, word.slice(0, Math.max(2, word.length - 3)), word + "\uffff").slice(-3) : [];
  const [exact, near] = await Promise.all([lookup(key, whole), Promise.all(around.map(shard))]);
  const idf = count => Math.log(1 + (total - count + .5) / (count + .5));
  const found = {scores: new Map(), stems: [], cut: false, least: 0, mended: null};
  const add = (part, weight, name) => {
    const value = weight * idf(part.count);
    for (const [doc, impact] of part.list) found.scores.set(doc, Math.max(found.scores.get(doc) || 0, value * impact));
    found.stems.push(name);
    if (part.cut) { found.cut = true; found.least = value * 2; }
  };
  if (exact) add(exact, 1, key);
  if (open) {
    const more = [];
    for (const names of near) {
      for (const [name, row] of names)
        if (name !== key && (name.startsWith(word) || (name.length > 2 && word.startsWith(name) && mayEnd(word.slice(name.length))))) more.push([name, row]);
    }
    more.sort((a, b) => b[1].length - a[1].length);
    const few = more.slice(0, 25), parts = await Promise.all(few.map(([, row]) => read(row, whole)));
    few.forEach(([name], i) => add(parts[i], exact ? .4 : .8, name));
  }
  const likely = found.stems.length ? [] : await nearest(word), instead = await Promise.all(likely.map(known => lookup(term(known), whole)));
  for (const [i, known] of likely.entries()) {
    const part = instead[i];
    if (part && !found.stems.includes(term(known))) { add(part, found.mended ? .6 : .85, term(known)); found.mended ||= known; }
  }
  return found;
}
const blocks = new Map();
async function row(doc) {
  let number = 0, high = head.d.length - 1;
  while (number < high) { const middle = number + high + 1 >> 1; head.d[middle] <= doc ? number = middle : high = middle - 1; }
  if (!blocks.has(number)) blocks.set(number, await load(`d${number}`));
  const [articles, speakers, rows] = blocks.get(number), [claims, passages, titles] = head.n, cells = rows[doc - head.d[number]];
  if (doc < claims) return {type: "claim", doc, id: cells[0], text: cells[1], flags: cells[2], article: articles[cells[3]], asserter: speakers[cells[4]],
    href: link(`articles/${articles[cells[3]][0]}/`, cells[0])};
  if (doc < claims + passages) return {type: "passage", doc, id: cells[0], text: cells[1], article: articles[cells[2]], href: link(`articles/${articles[cells[2]][0]}/`, cells[0])};
  if (doc < claims + passages + titles) return {type: "article", doc, text: articles[cells[2]][1], by: cells[1], href: link(`articles/${articles[cells[2]][0]}/`)};
  return {type: "name", doc, text: cells[1], by: cells[2], href: link(cells[0])};
}
const link = (address, id) => base + address + (location.protocol === "file:" ? "index.html" : "") + (id ? "#" + id : "");
const holds = (text, phrase) => phrase.some((_, i) => i === 0) && (() => {
  const all = words(fold(text)).map(term);
  return all.some((_, at) => phrase.every((word, i) => all[at + i] === word));
})();
/* How well the words of a text follow each other as they do in the query, 0 to 1. */
function order(text, query) {
  if (query.length < 2) return 0;
  const all = words(fold(text)).map(term), pairs = new Set(all.map((word, i) => word + " " + all[i + 1]));
  let met = 0;
  for (let i = 0; i + 1 < query.length; i++) met += pairs.has(query[i] + " " + query[i + 1]);
  return met / (query.length - 1);
}
const CLOSE = 32, PROBE = 400, FEW = 5, TOGETHER = 16;
/* Find documents. Result: {docs: [[document, score]…] best first, names, articles, stems, mended, missing, partial}. */
async function find(query, {whole = false, deep = CLOSE} = {}) {
  await ready();
  const asked = parse(query), parts = await Promise.all(asked.words.map((word, i) => expand(word, asked.open && i === asked.words.length - 1, whole)));
  const known = parts.filter(part => part.stems.length), claims = head.n[0] + head.n[1];
  const result = {docs: [], others: [], stems: new Set(parts.flatMap(part => part.stems)), partial: false, approximate: false,
    mended: parts.flatMap((part, i) => part.mended ? [[asked.words[i], part.mended]] : []), missing: asked.words.filter((_, i) => !parts[i].stems.length)};
  if (!known.length) return result;
  const tally = new Map();
  for (const part of known) for (const [doc, score] of part.scores) {
    const entry = tally.get(doc);
    if (entry) { entry[0]++; entry[1] += score; } else tally.set(doc, [1, score, 0]);
  }
  const cut = known.filter(part => part.cut);
  if (cut.length && cut.length < known.length) {
    /* A common word's list holds its best documents only: what the rarer words found may have it too, and is looked at. */
    result.approximate = true;
    for (const [doc, entry] of tally) if (entry[0] < known.length && doc < claims) entry[2] = cut.filter(part => !part.scores.has(doc)).length;
  }
  const pick = (from, to) => {
    let most = 0;
    for (const [doc, [count]] of tally) if (doc >= from && doc < to && count > most) most = count;
    const out = [];
    for (const [doc, [count, score, maybe]] of tally) if (doc >= from && doc < to && count + maybe >= most && most) out.push([doc, score, count < most]);
    return [out.sort((a, b) => b[1] - a[1] || a[0] - b[0]), most];
  };
  let [docs, most] = pick(0, claims);
  result.partial = most > 0 && most < asked.words.length;
  if (docs.some(entry => entry[2])) {
    /* Only as many as will be shown are looked at; the others may or may not have the word. */
    const top = docs.slice(0, 2 * FEW), fits = await Promise.all(top.map(async ([doc, , maybe]) => {
      if (!maybe || whole) return true;
      const all = new Set(words(fold((await row(doc)).text)).map(term));
      return cut.every(part => part.scores.has(doc) || part.stems.some(name => all.has(name)));
    }));
    docs = top.filter((_, i) => fits[i]).concat(docs.slice(2 * FEW));
  }
  if (asked.phrases.length) {
    const kept = [], most = whole ? docs.length : PROBE;
    for (let at = 0; at < most && at < docs.length && (whole || kept.length < deep); at += TOGETHER) {
      const some = docs.slice(at, at + TOGETHER), rows = await Promise.all(some.map(([doc]) => row(doc)));
      kept.push(...some.filter((_, i) => asked.phrases.every(phrase => holds(rows[i].text, phrase))));
    }
    docs = kept;
  }
  /* What stands in one piece already is ordered by how closely it follows the query, too. */
  const near = docs.slice(0, head.d.length > 1 ? FEW : CLOSE);
  if (asked.all.length > 1) {
    await Promise.all(near.map(async entry => { entry[1] *= 1 + .5 * order((await row(entry[0])).text, asked.all); }));
    near.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }
  result.docs = near.concat(docs.slice(near.length)).map(([doc, score]) => [doc, score]);
  if (!asked.phrases.length) { const [others, fit] = pick(claims, Infinity); if (fit === asked.words.length) result.others = others.slice(0, 4).map(([doc, score]) => [doc, score]); }
  return result;
}

/* ---- Showing ---- */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value === true) made.setAttribute(key, ""); else if (value !== false && value != null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
/* Text as nodes, with the words of the query marked; the marked words, too, for the page it leads to. */
function marked(text, wanted) {
  const out = [], met = new Set();
  let at = 0;
  for (const found of text.matchAll(SHOWN)) {
    const own = words(fold(found[0])).map(term);
    if (!own.some(name => wanted.has(name))) continue;
    out.push(text.slice(at, found.index), element("mark", {class: "hit"}, found[0]));
    met.add(found[0]);
    at = found.index + found[0].length;
  }
  out.push(text.slice(at));
  return [out, [...met]];
}
function item(found, wanted) {
  const [nodes, met] = marked(found.text, wanted);
  const a = element("a", {href: found.href, class: "result"}, element("span", {class: "result-text"}, ...nodes));
  if (found.type === "claim") {
    const [kind, label, sign] = head.kinds[found.flags & 7];
    a.append(" ", element("span", {class: "result-facts"},
      element("span", {class: `kind kind-${kind}`}, element("span", {class: "kind-sign", "aria-hidden": "true"}, sign), " " + label),
      ` · ${found.asserter}${found.flags & 16 ? " · hedged" : ""}${found.flags & 32 ? " · disputed" : ""} · ${found.article[1]}`));
  } else {
    a.append(" ", element("span", {class: "result-facts"}, found.type === "passage" ? `Passage · ${found.article[1]}` : found.type === "article" ? `Article${found.by ? " · " + found.by : ""}` : found.by));
  }
  a.addEventListener("click", () => keep(found, met));
  return element("li", {class: `result-${found.type}`}, a);
}
function keep(found, met) {
  /* For the next page only, so that the address stays clean. */
  if (!found.id || !met.length) return;
  try { sessionStorage.setItem("sourcebook-found", JSON.stringify([found.id, met])); } catch { /* storage may be off */ }
}
const plural = (count, word, many = word + "s") => `${count.toLocaleString("en")} ${count === 1 ? word : many}`;
function summary(result) {
  const mended = result.mended.map(([from, to]) => `“${to}” for “${from}”`).join(", ");
  const said = [];
  if (result.missing.length) said.push("not found: " + result.missing.map(word => `“${word}”`).join(", "));
  else if (result.partial) said.push("none has all the words; these have the most");
  if (mended) said.push(`showing ${mended}`);
  return `${result.approximate ? "About " : ""}${plural(result.docs.length, "result")}${said.length ? "; " + said.join("; ") : ""}`;
}

/* ---- The box ---- */
const SHOW = 8;
let box;
function make() {
  const input = element("input", {type: "search", name: "q", id: "search-q", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", "aria-describedby": "search-count", placeholder: "A word, a name, a figure, “a phrase”"});
  const close = element("button", {type: "button", class: "search-close"}, "Close");
  const form = element("form", {role: "search", action: link("claims/"), method: "get"}, element("label", {for: "search-q"}, "Search claims and passages"), element("div", {class: "search-line"}, input, close));
  const count = element("p", {id: "search-count", class: "search-count", role: "status"}), list = element("ol", {class: "results"}), more = element("p", {class: "search-more"});
  const dialog = element("dialog", {class: "search-dialog", "aria-label": "Search"}, form, count, list, more);
  box = {dialog, input, count, list, more};
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", move);
  input.addEventListener("input", () => show(input.value));
  document.body.append(dialog);
}
function move(event) {
  if (event.key === "Escape") { event.preventDefault(); box.dialog.close(); return; }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [box.input, ...box.dialog.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
let turn = 0, shown = "";
/* What was found for what was typed: deleting goes back to it. */
const past = new Map(), PAST = 60, PAUSE = 120;
async function recall(query) {
  if (!past.has(query)) {
    if (past.size >= PAST) past.delete(past.keys().next().value);
    const found = find(query);
    past.set(query, found);
    found.catch(() => past.delete(query));
  }
  return past.get(query);
}
async function show(query) {
  const mine = ++turn;
  if (!query.trim()) { shown = ""; box.list.replaceChildren(); box.more.replaceChildren(); box.count.textContent = ""; return; }
  if (!past.has(query) && shown.startsWith(query)) {
    /* A letter was deleted: what is shown begins with what is left, so it may stay until the hand rests. */
    await new Promise(resolve => { setTimeout(resolve, PAUSE); });
    if (mine !== turn) return;
  }
  try {
    const result = await recall(query);
    if (mine !== turn) return;
    shown = query;
    const most = head.d.length > 1 ? FEW : SHOW, docs = [...result.others.slice(0, most === SHOW ? 2 : 1), ...result.docs.slice(0, most)], slots = docs.map(() => element("li"));
    const early = Promise.all(docs.map(async ([doc], i) => {
      const made = item(await row(doc), result.stems);
      if (mine === turn) { slots[i].replaceWith(made); slots[i] = made; }
    }));
    if (head.d.length === 1) await early;
    if (mine !== turn) return;
    box.list.replaceChildren(...slots);
    box.count.textContent = result.docs.length || !result.others.length ? summary(result) : "";
    box.more.replaceChildren(...(result.docs.length > most ? [element("a", {href: `${link("claims/")}?q=${encodeURIComponent(query.trim())}`}, "All results, with filters")] : []));
    await early;
  } catch {
    if (mine === turn) box.count.textContent = "The search index could not be loaded. The list of all claims has everything.";
  }
}
function open(from, query = "") {
  use(from);
  if (!box) make();
  if (!box.dialog.open) box.dialog.showModal();
  box.input.focus();
  if (query) { box.input.value = query; show(query); } else box.input.select();
  ready().catch(() => { box.count.textContent = "The search index could not be loaded."; });
}
const use = from => { base = from; };
window.sourcebookSearch = {open, use, find, row, item, marked, element, summary, plural, ready, load, ascending, term, fold, words, head: () => head};
})();
