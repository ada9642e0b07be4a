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
  const kind = (performance.getEntriesByType("navigation")[0] || {}).type, left = history.state;
  let moved = false;
  for (const name of "wheel touchmove keydown pointerdown".split(" ")) addEventListener(name, () => { moved = true; }, { once: true, passive: true });
  if (location.hash && kind === "navigate" && document.fonts) document.fonts.ready.then(() => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && !moved) target.scrollIntoView();
  });
  // Back from another page, what is far away is not laid out yet: the link that was followed is put where it stood.
  const sign = (link) => link.hash + link.textContent;
  if (left && kind === "back_forward") addEventListener("load", () => {
    let turns = 9;
    const again = () => {
      const link = document.links[left[0]];
      if (link && !moved && sign(link) === left[1]) scrollBy(0, link.getBoundingClientRect().top - left[2]);
      if (--turns) requestAnimationFrame(again);
    };
    again();
  });
  let pill = null;
  const clear = () => { if (pill) pill.remove(); pill = null; };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    history.replaceState([[...document.links].indexOf(link), sign(link), link.getBoundingClientRect().top], "");
    if (!link.matches('[href^="#"]:not(.skip, .para-link)') || link.hash.length < 2) return;
    const block = [...document.querySelectorAll("[data-block], .standing, .note")].find((one) => one.getBoundingClientRect().bottom > 90) || el("p");
    const words = block.dataset.block ? "paragraph " + block.id.slice(1) : block.value ? "note " + block.value : "where you were";
    clear();
    pill = el("button", { type: "button", className: "pill" }, "Back to " + words);
    pill.addEventListener("click", () => { clear(); history.back(); });
    document.body.append(pill);
    setTimeout(() => addEventListener("popstate", clear, { once: true }), 300);
  });
  for (const link of document.querySelectorAll(".para-link")) link.addEventListener("click", () => {
    sourcebook.copy(link.href, "Link to paragraph copied");
  });
}
