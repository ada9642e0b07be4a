/* From claim to claim, how far one has read, the outline, and notes in the margin beside their sentences. */
if (sourcebook.article) {
  const { article, el } = sourcebook;
  const wide = matchMedia("(min-width: 75em)");
  const line = document.querySelector("[data-progress]"), where = document.querySelector("[data-step-place]");
  const outline = [...document.querySelectorAll(".outline a")];
  // Which numbers are shown follows from density and kinds; asking for their boxes would lay the page out before its first frame.
  const references = () => {
    const density = document.documentElement.dataset.claimsShown;
    return density === "none" ? [] : [...article.querySelectorAll(density === "all" ? ".claim-ref:not(.off)" : '.claim-ref[data-weight="main"]:not(.off)')];
  };
  const first = (reference) => document.getElementById(reference.id.slice(2));
  let list = references(), current = null, waiting = false;
  const show = () => { where.textContent = current ? `${list.indexOf(current) + 1} of ${list.length}` : list.length + (list.length === 1 ? " claim" : " claims"); };
  const step = (by) => {
    if (!list.length) return;
    let at = current ? list.indexOf(current) + by : -1;
    if (!current) {
      const below = list.findIndex((one) => first(one).getBoundingClientRect().top > 80);
      at = by > 0 ? below : (below < 0 ? list.length : below) - 1;
    }
    const next = list[Math.max(0, Math.min(list.length - 1, at))] || list[list.length - 1];
    if (current) current.classList.remove("now");
    current = next;
    const claim = current.id.slice(2);
    first(current).scrollIntoView();
    current.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + claim);
    dispatchEvent(new Event("hashchange"));
    show();
  };
  const read = () => {
    waiting = false;
    const box = article.getBoundingClientRect();
    const part = Math.max(0, Math.min(1, (innerHeight * .5 - box.top) / box.height));
    line.style.transform = `scaleX(${part.toFixed(4)})`;
    let here = null;
    for (const link of outline) {
      const head = document.getElementById(link.hash.slice(1));
      if (head && head.getBoundingClientRect().top < innerHeight * .4) here = link;
    }
    for (const link of outline) if ((link === here) !== link.hasAttribute("aria-current")) link.toggleAttribute("aria-current");
    if (here) here.setAttribute("aria-current", "true");
  };
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(read); } }, { passive: true });
  const align = () => { // read everything, then write everything
    const groups = [...article.querySelectorAll(".margin-notes")];
    if (!wide.matches) return;
    for (const group of groups) for (const note of group.children) note.style.marginTop = "";
    const boxes = groups.map((group) => [...group.children].map((note) => [note, note.getBoundingClientRect(), document.getElementById(note.dataset.note)]));
    const wanted = boxes.map((rows) => rows.map(([note, box, mark]) => [note, box, mark ? mark.getClientRects()[0] || mark.getBoundingClientRect() : box]));
    let floor = -Infinity;
    for (const rows of wanted) {
      if (!rows.length) continue;
      let top = Math.max(rows[0][1].top, floor);
      for (const [note, box, mark] of rows) {
        if (!box.height) continue;
        const gap = Math.max(0, mark.top + 2 - top);
        note.style.marginTop = gap + 4 + "px";
        top += gap + 4 + box.height + 13;
      }
      floor = top;
    }
  };
  const renew = () => { list = references(); if (!list.includes(current)) current = null; show(); align(); };
  document.addEventListener("claimsshown", renew);
  addEventListener("resize", () => { align(); read(); });
  renew();
  sourcebook.idle(() => { // asking for the faces lays the page out, too
    read();
    if (document.fonts) document.fonts.ready.then(align);
  });
  for (const button of document.querySelectorAll("[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step)));
  const box = document.querySelector(".progress");
  if (box) box.addEventListener("click", (event) => {
    const area = box.getBoundingClientRect(), part = (event.clientX - area.left) / area.width;
    scrollTo(0, scrollY + article.getBoundingClientRect().top + article.offsetHeight * part - innerHeight * .3);
  });
  const explain = () => sourcebook.need("help").then(() => sourcebook.help());
  for (const button of document.querySelectorAll("[data-help]")) button.addEventListener("click", explain);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    const act = {
      ArrowDown: () => step(1), ArrowUp: () => step(-1), KeyH: explain,
      KeyC: () => {
        const claim = current ? current.id.slice(2) : location.hash.slice(1);
        if (claim) sourcebook.copy(new URL(sourcebook.base + "claims/" + claim + "/", location.href).href, "Link copied");
      },
    }[event.code];
    if (act) { event.preventDefault(); act(); }
  });
}
