/* What the parts share: storage, the live region, small builders. No part needs another to be there. */
"use strict";
const sourcebook = {
  root: document.documentElement,
  base: document.body.dataset.base || "./",
  article: document.querySelector("[data-article]"),
  local: location.protocol === "file:",
  get(key) { try { return localStorage.getItem("sourcebook." + key); } catch { return null; } },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem("sourcebook." + key);
      else localStorage.setItem("sourcebook." + key, value);
    } catch { /* private window: the choice lasts as long as the page */ }
  },
  /* An element with properties and children; text stays text. */
  el(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name in element) element[name] = value; else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  },
  /* Work that can wait until the page stands and nobody waits for it. */
  idle(work) { (window.requestIdleCallback || setTimeout)(work); },
  say(words) {
    if (!sourcebook.live) {
      sourcebook.live = sourcebook.el("div", { className: "visually-hidden", role: "status" });
      document.body.append(sourcebook.live);
    }
    sourcebook.live.textContent = "";
    setTimeout(() => { sourcebook.live.textContent = words; }, 50);
  },
  async copy(text, done) {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = sourcebook.el("textarea", { value: text, className: "visually-hidden" });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    sourcebook.say(done || "Copied");
  },
  /* Text of a range or element without what we added to it. */
  plain(fragment) {
    for (const extra of fragment.querySelectorAll("[data-furniture]")) extra.remove();
    return fragment.textContent;
  },
  /* The article's selected text, its blocks divided as in the canonical text. */
  textOf(range) {
    const blocks = [...sourcebook.article.querySelectorAll("[data-block]")].filter((block) => range.intersectsNode(block));
    let text = "";
    blocks.forEach((block, place) => {
      const part = document.createRange();
      part.selectNodeContents(block);
      if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
      if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
      const gap = "\n".repeat(Number(block.dataset.gap || 2));
      text += (place && text ? gap : "") + sourcebook.plain(part.cloneContents());
    });
    return text;
  },
  marks(claim) {
    return [...document.querySelectorAll(`mark.claim[data-claims~="${claim}"]`)];
  },
  shown(claim) { // whether the density and the kinds let a claim be seen
    const reference = document.getElementById("r-" + claim);
    return !!reference && reference.getClientRects().length > 0;
  },
};
window.sourcebook = sourcebook;
