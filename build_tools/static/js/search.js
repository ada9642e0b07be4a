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
let base = "", head;
const pieces = new Map(), loading = new Map();
window.sourcebookPiece = (name, ...data) => {
  pieces.set(name, data);
  if (head && name[0] === "d") { const number = +name.slice(1); head.here.fill(1, head.d[number], head.d[number + 1]); }
};
for (const [name, ...data] of window.sourcebookEarly || []) pieces.set(name, data);
function load(name) {
  if (pieces.has(name)) return Promise.resolve(pieces.get(name));
  if (!loading.has(name)) loading.set(name, new Promise((resolve, reject) => {
    /* The first piece may be under way already, asked for along with this script. */
    let script = document.querySelector(`script[data-piece="${name}"]`);
    const known = script;
    if (!known) {
      script = document.createElement("script");
      script.src = `${base}search/${/^[a-z]\d+$/.test(name) ? name[0] + "/" + name.slice(1) : name}.js`;
    }
    const end = done => { script.remove(); loading.delete(name); done && pieces.has(name) ? resolve(pieces.get(name)) : reject(new Error(name)); };
    script.addEventListener("load", () => end(true));
    script.addEventListener("error", () => end(false));
    if (!known) document.head.append(script);
  }));
  return loading.get(name);
}
/* Numbers of five bits a sign, lowest first; each is the distance from the one before. */
const DIGITS = new Uint8Array(128);
[..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].forEach((sign, value) => { DIGITS[sign.charCodeAt(0)] = value; });
function ascending(text, from = 0) {
  const out = new Int32Array(text.length - from);
  let count = 0, last = 0, shift = 0;
  for (let i = from; i < text.length; i++) {
    const digit = DIGITS[text.charCodeAt(i) & 127];
    last += (digit & 31) << shift;
    if (digit & 32) shift += 5; else { out[count++] = last; shift = 0; }
  }
  return out.subarray(0, count);
}
/* The run of sorted beginnings that a word lies in. */
function within(begins, word) {
  let low = 0, high = begins.length - 1;
  while (low < high) { const middle = low + high + 1 >> 1; begins[middle] <= word ? low = middle : high = middle - 1; }
  return low;
}
/* The runs that may hold what lies between two words: at most `most`, around the one that holds `word`. */
function range(begins, from, word, to, most) {
  const middle = within(begins, word), first = Math.max(within(begins, from), middle - (most >> 1)), last = Math.min(within(begins, to), first + most - 1), out = [];
  for (let i = first; i <= last; i++) out.push(i);
  return out;
}
async function ready() {
  if (head) return head;
  const [found] = await load("start");
  const total = found.n.reduce((a, b) => a + b);
  /* Each sort of documents is cut into blocks of one number of them. */
  const blocks = found.d.flatMap(([first, step], i) => Array.from({length: Math.ceil(((found.d[i + 1]?.[0] ?? Math.max(1, total)) - first) / step)}, (_, n) => first + n * step));
  return head ||= {...found, total, d: Int32Array.from(blocks), t: found.t.split(" "), stop: new Set(found.stop.split(" ")), here: new Uint8Array(total)};
}
/* A question is answered from the pieces that are here; what it lacks is noted, loaded, and the question put again. */
let lacks = new Set();
const have = name => { const data = pieces.get(name); if (!data) lacks.add(name); return data; };
/* What is made of a piece or row stays; everything goes when it gets too much. */
const MOST_MADE = 4e6, made = new Map();
let weightMade = 0;
function once(name, weight, make) {
  let found = made.get(name);
  if (found === undefined) {
    if ((weightMade += weight) > MOST_MADE) { made.clear(); weightMade = weight; }
    made.set(name, found = make());
  }
  return found;
}
function shard(number) {
  const data = have(`t${number}`);
  return data && once(`t${number}`, data[0].length, () => new Map(data[0].split(";").map(row => { const at = row.indexOf("="); return [row.slice(0, at), row.slice(at + 1)]; })));
}
/* A row as {list: documents and weights, ascending; count: of documents; cut: whether the list holds only the best}; undefined if a piece lacks. */
function read(key, row, whole) {
  const big = /^(\d+)\.(\d+)!/.exec(row.slice(0, 24));
  if (big && whole) {
    const data = have("o" + big[2]);
    return data && {list: once("o" + big[2], data[0].length, () => ascending(data[0])), count: +big[1], cut: false};
  }
  const list = once("=" + key, row.length, () => ascending(row, big ? big[0].length : 0));
  return {list, count: big ? +big[1] : list.length, cut: !!big};
}
/* A stem's documents; null where there are none, undefined where its piece is not here. */
function lookup(key, whole) {
  const rows = shard(within(head.t, key));
  if (!rows) return undefined;
  const row = rows.get(key);
  return row === undefined ? null : read(key, row, whole);
}

/* ---- From a query to documents ---- */
const ENDS = new Set(("ation ations ational able ability al ally ance ant ate ated ating ed edly ence ency ent er ers es est ful ially ic ical ied ier ies iest " +
  "ing ingly ion ions ious ism ist ities ity ive ively ization ize ized izing less ly ment ments ness or ory ous ously s y").split(" "));
function parse(query) {
  const phrases = [];
  const plain = query.replace(/["“”„]([^"“”„]+)["“”]/g, (_, inner) => { phrases.push(words(fold(inner)).map(term)); return ` ${inner} \u0001`; });
  const open = /[\p{L}\p{N}]$/u.test(plain), all = words(fold(plain));
  let wanted = all.filter(word => !head.stop.has(word));
  if (!wanted.length) wanted = all;
  return {phrases: phrases.filter(phrase => phrase.length > 1), words: [...new Set(wanted)], all: all.map(term), open};
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
function spelling(number) {
  const data = have(`w${number}`);
  return data && once(`w${number}`, 4 * data[0].length, () => {
    const out = [];
    let last = "";
    for (const [, same, rest, count] of data[0].matchAll(/([0-9A-Za-z_-])([^0-9]*)([0-9])/g)) { last = last.slice(0, DIGITS[same.charCodeAt(0)]) + rest; out.push([last, +count, letters(last)]); }
    return out;
  });
}
const mendable = word => word.length > 3 && !/[0-9]/.test(word) && head.w.length > 0;
/* Where the words that begin alike are written; all words, if that is little. */
const likely = (word, alike) => head.w.length < (alike > 1 ? 3 : 4) ? head.w.map((_, i) => i) : range(head.w, word.slice(0, alike), word, word.slice(0, alike) + "\uffff", 40);
/* The known words nearest to one that is not known; undefined as long as a piece is lacking. */
function nearest(word) {
  if (!mendable(word)) return [];
  const most = word.length < 6 ? 1 : 2, mine = letters(word);
  for (const alike of [2, 1]) {
    const lists = likely(word, alike).map(spelling), close = [];
    if (lists.includes(undefined)) return undefined;
    for (const list of lists) for (const [known, count, theirs] of list) {
      if (Math.abs(known.length - word.length) > most || bitCount(mine & ~theirs) > most || bitCount(theirs & ~mine) > most) continue;
      const far = distance(word, known, most);
      if (far <= most) close.push([far + (known[0] !== word[0] ? .5 : 0) - count / 40, known]);
    }
    close.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
    /* A near word with the same beginning is near enough; else the other words of that letter are looked at. */
    if (close.length && (close[0][0] < 1 || alike === 1)) return close.filter(([far]) => far < close[0][0] + .6).slice(0, 4).map(([, known]) => known);
  }
  return [];
}
/* All a word may stand for: {parts: [list, weight]…, stems, mended, cut, lacking, size and most: documents of all lists and of the longest}. */
function expand(word, prefix, whole) {
  const key = term(word), open = prefix && word.length > 1, found = {parts: [], stems: [], cut: false, mended: null, lacking: false, size: 0, most: 0};
  const near = open ? range(head.t, word.slice(0, Math.max(2, word.length - 3)), word, word + "\uffff", 3).map(shard) : [];
  const exact = lookup(key, whole);
  if (exact === undefined || near.includes(undefined)) {
    found.lacking = true;
    /* Should it prove a misspelling, the words it may have meant are here by then. */
    if (!whole && exact === undefined && word.length > 4 && mendable(word)) likely(word, 2).forEach(spelling);
  }
  const add = (part, weight, name) => {
    if (!part) { found.lacking = true; return; }
    found.parts.push([part.list, weight * Math.log(1 + (head.total - part.count + .5) / (part.count + .5))]);
    found.stems.push(name);
    found.cut ||= part.cut;
    found.size += part.count;
    found.most = Math.max(found.most, part.count);
  };
  if (exact) add(exact, 1, key);
  if (open) {
    const more = [];
    for (const rows of near) for (const [name, row] of rows || [])
      if (name !== key && (name.startsWith(word) || (name.length > 2 && word.startsWith(name) && ENDS.has(word.slice(name.length))))) more.push([name, row]);
    more.sort((a, b) => b[1].length - a[1].length);
    for (const [name, row] of more.slice(0, 25)) add(read(name, row, whole), exact ? .4 : .8, name);
  }
  if (found.stems.length || found.lacking) return found;
  const instead = nearest(word);
  if (!instead) found.lacking = true;
  for (const known of instead || []) {
    const name = term(known), part = found.stems.includes(name) ? null : lookup(name, whole);
    if (part === undefined) found.lacking = true;
    if (part) { add(part, found.mended ? .6 : .85, name); found.mended ||= known; }
  }
  return found;
}
const block = doc => { let low = 0, high = head.d.length - 1; while (low < high) { const middle = low + high + 1 >> 1; head.d[middle] <= doc ? low = middle : high = middle - 1; } return low; };
/* A document's row, if its piece is here. */
function at(doc) {
  const number = block(doc), data = have(`d${number}`);
  if (!data) return undefined;
  const [articles, speakers, rows] = data, [claims, passages, titles] = head.n, cells = rows[doc - head.d[number]];
  if (doc < claims) return {type: "claim", doc, id: cells[0], text: cells[1], flags: cells[2], article: articles[cells[3]], asserter: speakers[cells[4]],
    href: link(`articles/${articles[cells[3]][0]}/`, cells[0])};
  if (doc < claims + passages) return {type: "passage", doc, id: cells[0], text: cells[1], article: articles[cells[2]], href: link(`articles/${articles[cells[2]][0]}/`, cells[0])};
  if (doc < claims + passages + titles) return {type: "article", doc, text: articles[cells[2]][1], by: cells[1], href: link(`articles/${articles[cells[2]][0]}/`)};
  return {type: "name", doc, text: cells[1], by: cells[2], href: link(cells[0])};
}
async function row(doc) { await load(`d${block(doc)}`); return at(doc); }
const link = (address, id) => base + address + (location.protocol === "file:" ? "index.html" : "") + (id ? "#" + id : "");
const stemsOf = (doc, text) => once("#" + doc, text.length, () => words(fold(text)).map(term));
const holds = (all, phrase) => all.some((_, i) => phrase.every((word, j) => all[i + j] === word));
/* How well the words of a text follow each other as they do in the query, 0 to 1. */
function order(all, query) {
  if (query.length < 2) return 0;
  const pairs = new Set(all.map((word, i) => word + " " + all[i + 1]));
  let met = 0;
  for (let i = 0; i + 1 < query.length; i++) met += pairs.has(query[i] + " " + query[i + 1]);
  return met / (query.length - 1);
}
/* Scores by document: of the word under way, of all words; how many words it has, and how many of those whose lists are cut. */
let sums;
function count(known) {
  sums ||= {one: new Float32Array(head.total), all: new Float32Array(head.total), words: new Uint8Array(head.total), cut: new Uint8Array(head.total), met: new Int32Array(head.total)};
  const {one, all, words, cut, met} = sums;
  let total = 0;
  for (const part of known) {
    const first = total;
    let mine = new Int32Array(1024), many = 0;
    for (const [list, weight] of part.parts) for (let i = 0; i < list.length; i++) {
      const doc = list[i] >> 4, value = weight * (list[i] & 15);
      if (value <= one[doc]) continue;
      if (one[doc] === 0) { if (many === mine.length) { const wider = new Int32Array(many * 4); wider.set(mine); mine = wider; } mine[many++] = doc; }
      one[doc] = value;
    }
    for (let i = 0; i < many; i++) {
      const doc = mine[i];
      if (words[doc] === 0) met[total++] = doc;
      words[doc]++; all[doc] += one[doc]; one[doc] = 0;
      if (part.cut) cut[doc]++;
    }
  }
  return total;
}
/* The documents between two numbers that have the most words, or may have them: [the best of them as [number, score, whether in doubt], how many there are,
   how many words]. A common word's list holds its best documents only: of `cuts` such words a document may have those that it is not listed for. */
function best(total, from, to, cuts, limit, only) {
  const {all, words, cut, met} = sums, found = new Float64Array(total);
  let most = 0, many = 0;
  const fits = doc => doc >= from && doc < to && (!only || only[doc]), may = doc => words[doc] + (cuts ? cuts - cut[doc] : 0);
  for (let i = 0; i < total; i++) if (may(met[i]) > most && fits(met[i])) most = may(met[i]);
  for (let i = 0; i < total; i++) {
    const doc = met[i];
    if (fits(doc) && may(doc) >= most) found[many++] = (2 ** 27 - Math.round(all[doc] * 1e4)) * 2 ** 24 + doc;  /* sorts fast, the higher score first */
  }
  const docs = Array.from(found.subarray(0, many).sort().subarray(0, limit), value => { const doc = value % 2 ** 24; return [doc, all[doc], words[doc] < most]; });
  return [docs, many, most];
}
function clear(total) {
  const {all, words, cut, met} = sums;
  for (let i = 0; i < total; i++) { const doc = met[i]; all[doc] = words[doc] = cut[doc] = 0; }
}
const inside = (list, doc) => {
  let low = 0, high = list.length;
  while (low < high) { const middle = low + high >> 1; list[middle] >> 4 < doc ? low = middle + 1 : high = middle; }
  return low < list.length && list[low] >> 4 === doc;
};
const CLOSE = 32, FEW = 5, DOUBTED = 8, PROBED = 48, TOGETHER = 8, LISTED = 64;
const small = () => head.d.length === 1;
/* Of several common words only the best documents are here; where hardly one has all of them, the rarest word's whole list is asked for. */
function widened(asked, parts, claims) {
  const known = parts.filter(part => part.stems.length);
  if (known.length < 2 || parts.some(part => part.lacking) || !known.every(part => part.cut)) return parts;
  const total = count(known), [, many, most] = best(total, 0, claims, 0, 0);
  clear(total);
  if (most === known.length && many >= FEW) return parts;
  const rarest = known.reduce((a, b) => b.size < a.size ? b : a);
  return parts.map((part, i) => part === rarest ? expand(asked.words[i], ends(asked, i), true) : part);
}
const ends = (asked, i) => asked.open && i === asked.words.length - 1;
/* Whether no document can have a phrase, as one of its words is in none, or none has all of them. */
const hopeless = (asked, parts, most) => {
  const own = asked.words.map(word => asked.phrases.some(phrase => phrase.includes(term(word))));
  return own.some((mine, i) => mine && !parts[i].stems.includes(term(asked.words[i]))) || (own.every(mine => mine) && most < own.length);
};
/* Which of the first documents that may have a common word don't: as far as their texts are here. */
function failing(docs, cuts) {
  const has = (doc, all) => cuts.every(part => part.stems.some(name => all.has(name)) || part.parts.some(([list]) => inside(list, doc)));
  return new Set(docs.slice(0, DOUBTED).filter(([doc, , doubt]) => {
    const found = doubt && at(doc);
    return found && !has(doc, new Set(stemsOf(doc, found.text)));
  }));
}
/* What is known of the answer so far: {docs: [[document, score]…] best first, count, how (what stands before the count), others, stems, mended, missing, partial, more, sure}. */
function answer(query, whole) {
  const asked = parse(query), claims = head.n[0] + head.n[1], all = asked.words.map((word, i) => expand(word, ends(asked, i), whole));
  const parts = whole ? all : widened(asked, all, claims), known = parts.filter(part => part.stems.length);
  const lacking = parts.some(part => part.lacking);
  const result = {docs: [], count: 0, how: "", others: [], stems: new Set(parts.flatMap(part => part.stems)), partial: "", more: false, sure: !lacking,
    mended: parts.flatMap((part, i) => part.mended ? [[asked.words[i], part.mended]] : []), missing: lacking ? [] : asked.words.filter((_, i) => !parts[i].stems.length)};
  if (!known.length) return result;
  const total = count(known), cuts = known.filter(part => part.cut), unsure = cuts.length > 0 && cuts.length < known.length;
  let [docs, many, most] = best(total, 0, claims, unsure ? cuts.length : 0, whole || small() || asked.phrases.length ? Infinity : LISTED);
  const [others, , fit] = asked.phrases.length ? [[], 0, 0] : best(total, claims, Infinity, 0, 4);
  /* To be shown meanwhile: what is best of the documents that are here. */
  if (!small() && !whole) result.here = best(total, 0, claims, 0, FEW, head.here)[0];
  clear(total);
  if (cuts.length) result.how = unsure ? "Up to " : known.length > 1 || known[0].parts.length > 1 ? "At least " : "About ";
  if (cuts.length && known.length === 1) many = Math.max(many, known[0].most);
  if (most < asked.words.length) result.partial = "none has all the words; these have the most";
  if (fit === asked.words.length) result.others = others;
  if (unsure && !lacking) {
    const failed = failing(docs, cuts);
    if (failed.size && failed.size === Math.min(DOUBTED, docs.length) && docs.every(([, , doubt]) => doubt)) {
      result.partial = "none of the likeliest has all the words";
    } else {
      docs = docs.filter(entry => !failed.has(entry));  /* they still count: a name of theirs may have the word */
    }
  }
  if (asked.phrases.length && !lacking) {
    const fit = [], every = whole || small(), end = hopeless(asked, parts, most) ? 0 : every ? docs.length : Math.min(PROBED, docs.length);
    let i = 0;
    while (i < end && !(lacks.size && i % TOGETHER === 0) && (every || fit.length <= FEW)) {
      const entry = docs[i++], found = at(entry[0]);
      if (found && asked.phrases.every(phrase => holds(stemsOf(entry[0], found.text), phrase))) fit.push(entry);
    }
    result.more = end > 0 && i < docs.length;
    result.how = result.more || result.how === "At least " ? "At least " : "";
    if (!fit.length) Object.assign(result, {partial: "", mended: []});
    docs = fit;
    many = fit.length;
  }
  if (!lacking) {
    /* What stands in one piece already is ordered by how closely it follows the query, too. */
    const near = docs.slice(0, small() ? CLOSE : FEW), rows = near.map(([doc]) => at(doc));
    if (asked.all.length > 1) near.forEach((entry, i) => { if (rows[i]) entry[1] *= 1 + .5 * order(stemsOf(entry[0], rows[i].text), asked.all); });
    docs = near.sort((a, b) => b[1] - a[1] || a[0] - b[0]).concat(docs.slice(near.length));
    if (result.others.length) at(result.others[0][0]);
  }
  return Object.assign(result, {docs, count: many});
}
/* Ask until nothing is lacking. `sofar` is given what is known in between; the work ends, with nothing, when it says so. */
async function find(query, {whole = false, sofar = () => true} = {}) {
  await ready();
  for (;;) {
    lacks = new Set();
    const result = answer(query, whole), wanted = [...lacks];
    if (!wanted.length) return result;
    if (!sofar(result)) return null;
    await Promise.all(wanted.map(load));
    if (!sofar()) return null;
  }
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
      `${found.asserter === head.unsigned ? "" : " · " + found.asserter}${found.flags & 16 ? " · hedged" : ""}${found.flags & 32 ? " · disputed" : ""} · ${found.article[1]}`));
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
/* By hand: the browser's own way loads its tables of all languages first, 50 ms on a slow phone. */
const grouped = count => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const plural = (count, word, many = word + "s") => `${grouped(count)} ${count === 1 ? word : many}`;
function summary(result) {
  if (result.more && !result.count) return "None of the likeliest passages has the phrase";
  const mended = result.mended.map(([from, to]) => `“${to}” for “${from}”`).join(", ");
  const said = [];
  if (result.missing.length) said.push("not found: " + result.missing.map(word => `“${word}”`).join(", "));
  else if (result.partial) said.push(result.partial);
  if (mended) said.push(`showing ${mended}`);
  return `${result.how}${plural(result.count, "result")}${said.length ? "; " + said.join("; ") : ""}`;
}

/* ---- The box, which the core script makes ---- */
const SHOW = 8;
let box;
function move(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [box.input, ...box.dialog.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
let turn = 0;
/* What was found for what was typed: deleting goes back to it. */
const past = new Map(), PAST = 60;
function remember(query, result) {
  if (past.size >= PAST) past.delete(past.keys().next().value);
  past.set(query, {...result, docs: result.docs.slice(0, SHOW)});
}
/* What was pasted in one go may be shortened next: what that asks for comes while nobody waits for it. */
const idle = window.requestIdleCallback || (work => setTimeout(work, 60));
async function ahead(query, mine) {
  if (mine !== turn || !query.trim() || past.has(query)) return;
  const result = await find(query, {sofar: () => mine === turn});
  if (result) remember(query, result);
}
async function show(asked) {
  if (!box) { box = asked; box.dialog.addEventListener("keydown", move); }
  const mine = ++turn, query = box.input.value;
  if (!query.trim()) { box.list.replaceChildren(); delete box.list.dataset.for; box.more.replaceChildren(); box.count.textContent = ""; }
  try {
    if (!query.trim()) return void await ready();
    let result = past.get(query);
    if (!result) {
      if (!box.count.textContent) box.count.textContent = "Searching …";
      result = await find(query, {sofar: known => mine === turn && (known && paint(query, known, false), true)});
      if (!result) return;
      remember(query, result);
    }
    if (mine !== turn) return;
    paint(query, result, true);
    idle(() => ahead(query.slice(0, -1), mine).catch(() => {}));
  } catch {
    if (mine === turn) box.count.textContent = "The search index could not be loaded. The list of all claims has everything.";
  }
}
/* Show a result; before it is complete, those of its documents that are here, so that a keystroke doesn't wait for the line. */
function paint(query, result, done) {
  const docs = done ? [...result.others.slice(0, small() ? 2 : 1), ...result.docs.slice(0, small() ? SHOW : FEW)] : result.here || [], rows = docs.map(([doc]) => at(doc));
  if (!rows.length && !done) return;
  box.list.replaceChildren(...rows.map(found => item(found, result.stems)));
  const rest = result.count > rows.length;
  if (done) box.list.dataset.for = query; else delete box.list.dataset.for;
  if (done || result.sure) box.count.textContent = result.count || !result.others.length ? summary(result) : "";
  if (done) box.more.replaceChildren(...(rest || result.more ? [element("a", {href: `${link("claims/")}?q=${encodeURIComponent(query.trim())}`}, "All results, with filters")] : []));
}
const use = from => { base = from; };
window.sourcebookSearch = {show, use, find, row, item, marked, element, summary, plural, grouped, ready, load, ascending, term, fold, words, head: () => head};
})();
