/* What a link leads to, shown in place: one small request a target. Fetched by core when the first link is pointed at. */
"use strict";
{
  const { el } = sourcebook;
  const base = new URL(sourcebook.base, location.href);
  const seen = new Map();
  let box = null, link = null, timer = 0;
  const later = (work, delay) => { clearTimeout(timer); timer = setTimeout(work, delay); };
  const target = (anchor) => {
    const url = new URL(anchor.href, location.href);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
    const found = url.pathname.slice(base.pathname.length).match(/^(claims|articles|topics|entities)\/[^/]+\/$/);
    if (!found || url.pathname === location.pathname) return null;
    const claim = /^#c[0-9a-z]{6,8}$/.test(url.hash) ? url.hash.slice(1) : "";
    return found[1] === "articles" && claim ? new URL("claims/" + claim + "/", base).href : url.href.replace(/#.*/, "");
  };
  const fetched = (address) => {
    if (!seen.has(address)) seen.set(address, fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    }).then((html) => {
      const page = new DOMParser().parseFromString(html, "text/html");
      const main = page.querySelector("main") || page.body;
      const title = main.querySelector("h1"), lead = main.querySelector(".preview-source");
      const parts = lead ? [lead] : [title, ...[...main.querySelectorAll("[data-block=paragraph], blockquote, p")].filter((one) => !one.closest("[data-furniture], .reading-bar")).slice(0, 2)];
      const content = document.createDocumentFragment();
      for (const part of parts.filter(Boolean)) {
        const copy = document.importNode(part, true);
        for (const extra of copy.querySelectorAll("[data-furniture], script, style, template, button, form, input, select, details, svg")) extra.remove();
        for (const named of [copy, ...copy.querySelectorAll("*")]) {
          for (const name of ["id", "for", "aria-labelledby", "aria-describedby", "data-article", "data-block", "tabindex"]) named.removeAttribute(name);
          if (named.hasAttribute("href")) named.setAttribute("href", new URL(named.getAttribute("href"), address).href);
        }
        const heading = /^H[1-6]$/.test(copy.tagName) ? el("p", { className: "preview-title" }, ...copy.childNodes) : copy;
        content.append(heading);
      }
      return content;
    }));
    return seen.get(address);
  };
  const close = () => { clearTimeout(timer); if (box) box.remove(); box = link = null; };
  const open = async (anchor, address) => {
    let content;
    try { content = (await fetched(address)).cloneNode(true); } catch { return void seen.delete(address); }
    if (link !== anchor || !anchor.isConnected || !content.textContent.trim()) return;
    if (box) box.remove();
    const off = el("button", { type: "button", className: "plain" }, "No more previews");
    off.addEventListener("click", () => { sourcebook.set("previews", "off"); close(); sourcebook.say("Previews are off; the help of an article turns them on again"); });
    box = el("div", { className: "card preview", role: "tooltip" }, content, el("div", { className: "preview-foot" }, off));
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", () => later(close, 300));
    document.querySelector("main").append(box);
    const at = anchor.getClientRects()[0] || anchor.getBoundingClientRect(), size = box.getBoundingClientRect();
    const top = at.bottom + size.height + 8 > innerHeight && at.top > size.height + 8 ? at.top - size.height - 5 : at.bottom + 5;
    box.style.left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8)) + scrollX + "px";
    box.style.top = top + scrollY + "px";
  };
  const start = (event, delay) => {
    const anchor = event.target.closest && event.target.closest("a[href]");
    if (!anchor || sourcebook.get("previews") === "off" || anchor.closest(".site-head, .site-foot, .preview")) return;
    const address = target(anchor);
    if (!address) return;
    if (box && link === anchor) return void clearTimeout(timer);
    later(() => { if (box) close(); link = anchor; open(anchor, address); }, delay);
  };
  sourcebook.preview = (event) => start(event, 400);
  document.addEventListener("pointerout", (event) => { if (event.target.closest && event.target.closest("a[href]")) later(close, 300); });
  document.addEventListener("focusout", () => { if (!box || !box.matches(":hover")) later(close, 150); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && box) { event.preventDefault(); close(); } }, true);
  addEventListener("pagehide", close);
}
