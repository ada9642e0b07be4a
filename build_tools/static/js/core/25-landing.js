/* Arriving at a passage, and the way back to where one was. */
{
  const { article, el, marks } = sourcebook;
  const claimOf = () => (/^#c[0-9a-z]{6,8}$/.test(location.hash) ? location.hash.slice(1) : "");
  let landed = "";
  const land = () => {
    for (const old of document.querySelectorAll(".landed")) old.classList.remove("landed", "now");
    landed = claimOf();
    if (!landed || !article) return;
    for (const mark of marks(landed)) mark.classList.add("landed", "now");
    const reference = document.getElementById("r-" + landed);
    if (reference) reference.classList.add("landed", "now");
  };
  land();
  addEventListener("hashchange", land);
  document.addEventListener("claimsclosed", land);
  // Faces that come late move lines: land once more, unless the reader has moved or came back to an old place.
  const kind = (performance.getEntriesByType("navigation")[0] || {}).type;
  if (location.hash && kind === "navigate" && document.fonts) {
    let moved = false;
    for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(name, () => { moved = true; }, { once: true, passive: true });
    document.fonts.ready.then(() => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && !moved) target.scrollIntoView();
    });
  }
  let pill = null;
  const clear = () => { if (pill) pill.remove(); pill = null; };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (!link || event.defaultPrevented || link.hash.length < 2 || link.matches(".skip, .para-link")) return;
    const block = [...document.querySelectorAll("[data-block], .note, section")].find((one) => one.getBoundingClientRect().bottom > 90);
    const words = !block ? "" : block.dataset.block ? "paragraph " + block.id.slice(1) : block.className === "note" ? "note " + block.value : "where you were";
    clear();
    pill = el("button", { type: "button", className: "pill" }, "Back to " + (words || "where you were"));
    pill.addEventListener("click", () => { clear(); history.back(); });
    document.body.append(pill);
    setTimeout(() => addEventListener("popstate", clear, { once: true }), 300);
  });
  for (const link of document.querySelectorAll(".para-link")) link.addEventListener("click", () => {
    sourcebook.copy(link.href, "Link to paragraph copied");
  });
}
