/* A note beside its sentence: on hover, tap, or Enter on its number. The note itself stays in the list below. */
if (sourcebook.article) {
  const { article, el, marks } = sourcebook;
  const wide = matchMedia("(min-width: 75em)"), phone = matchMedia("(max-width: 40rem)");
  let card = null, claims = [], opener = null, timer = 0, pinned = false;
  const later = (work, delay) => { clearTimeout(timer); timer = setTimeout(work, delay); };
  const paint = (on) => {
    for (const claim of claims) {
      for (const mark of marks(claim)) mark.classList.toggle("now", on);
      const note = document.querySelector(`.margin-note[data-note="${claim}"]`);
      if (note) note.classList.toggle("now", on);
    }
  };
  const close = (back) => {
    clearTimeout(timer);
    if (!card) return;
    const focused = card.contains(document.activeElement);
    card.remove();
    card = null;
    paint(false);
    document.dispatchEvent(new Event("claimsclosed"));
    if (back && focused && opener) opener.focus({ preventScroll: true });
  };
  const place = (at) => {
    if (phone.matches) { // the sentence stays in view above the sheet
      const first = marks(claims[0])[0], start = first ? first.getBoundingClientRect().top : at.top;
      const from = at.bottom - start < innerHeight * .26 ? start : at.top;
      if (at.bottom > innerHeight * .36 || from < 50) scrollBy(0, from - 64);
      return;
    }
    const text = article.getBoundingClientRect(), size = card.getBoundingClientRect();
    let left = Math.min(at.left, innerWidth - size.width - 16), top = at.bottom + 6;
    if (wide.matches) {
      left = getComputedStyle(article).direction === "rtl" ? text.left - size.width - 24 : text.right + 24;
      left = Math.max(8, Math.min(left, innerWidth - size.width - 8));
      const note = document.querySelector(`.margin-note[data-note="${claims[0]}"]`), beside = note ? note.getBoundingClientRect() : at;
      top = Math.min((beside.height && beside.top > 50 ? beside : at).top - 10, innerHeight - size.height - 12);
    } else if (top + size.height > innerHeight && at.top - size.height - 6 > 60) top = at.top - size.height - 6;
    card.style.left = Math.max(8, left) + scrollX + "px";
    card.style.top = Math.max(wide.matches ? 56 : 8, top) + scrollY + "px";
  };
  const open = (wanted, at, focus) => {
    const notes = wanted.map((claim) => document.getElementById("n-" + claim)).filter(Boolean);
    if (!notes.length) return;
    if (card && claims.join() === wanted.join()) { if (focus) card.focus(); return; }
    close();
    claims = wanted;
    const numbers = notes.map((note) => note.value).join(" and ");
    const shut = el("button", { type: "button", className: "plain", "aria-label": "Close" }, "×");
    shut.addEventListener("click", () => close(true));
    const link = el("button", { type: "button", className: "plain" }, "Copy link");
    link.addEventListener("click", () => sourcebook.copy(new URL(sourcebook.base + "claims/" + wanted[0] + "/", location.href).href, "Link copied"));
    card = el("div", { className: "card", tabIndex: -1, role: "dialog", "aria-label": "Claim " + numbers, dir: "auto" },
      el("div", { className: "card-head" }, el("span", {}, "Claim " + numbers), link, shut));
    for (const note of notes) {
      const copy = el("div", { className: "note" });
      Object.assign(copy.dataset, note.dataset);
      copy.append(...note.cloneNode(true).childNodes);
      for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
      card.append(copy);
    }
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !pinned) later(close, 300); });
    card.addEventListener("focusout", (event) => {
      if (card && event.relatedTarget && !card.contains(event.relatedTarget) && !event.relatedTarget.closest(".card")) close();
    });
    document.body.append(card);
    paint(true);
    place(at);
    document.dispatchEvent(new CustomEvent("claimsopened", { detail: { card, claims } }));
    if (focus) card.focus({ preventScroll: true });
  };
  const visible = (mark) => mark && !mark.classList.contains("off") && getComputedStyle(mark).textDecorationLine !== "none";
  const named = (mark) => mark.dataset.claims.split(" ").sort((one, other) => place_of(one) - place_of(other)).filter(sourcebook.shown);
  const place_of = (claim) => (document.getElementById("n-" + claim) || {}).value || 0;
  const rectAt = (mark, event) => [...mark.getClientRects()].find((box) => event.clientY >= box.top - 4 && event.clientY <= box.bottom + 4) || mark.getBoundingClientRect();
  article.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || event.buttons) return;
    if (event.target.closest(".margin-note a")) return void clearTimeout(timer); // a card would cover the link, which has a preview of its own
    const mark = event.target.closest("mark.claim, .claim-ref, .margin-note");
    if (!mark || (mark.tagName === "MARK" && !visible(mark))) return;
    const found = mark.tagName === "MARK" ? named(mark) : [mark.dataset.note || mark.id.slice(2)];
    if (found.length) later(() => { pinned = false; opener = document.getElementById("r-" + found[0]); open(found, rectAt(mark, event)); }, 300);
  });
  article.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && event.target.closest("mark.claim, .claim-ref, .margin-note") && !pinned) later(close, 300);
  });
  article.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const reference = event.target.closest(".claim-ref"), mark = event.target.closest("mark.claim, .margin-note");
    if (!reference && (event.target.closest("a") || !mark || String(getSelection()))) return;
    if (!reference && mark.tagName === "MARK" && !visible(mark)) return;
    const found = reference ? [reference.id.slice(2)] : mark.tagName === "MARK" ? named(mark) : [mark.dataset.note];
    if (!found.length) return;
    event.preventDefault();
    clearTimeout(timer);
    pinned = true;
    opener = reference || document.getElementById("r-" + found[0]);
    open(found, reference ? reference.getBoundingClientRect() : rectAt(mark, event), !!reference || event.pointerType !== "mouse");
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && card && !event.defaultPrevented) close(true); });
  document.addEventListener("pointerdown", (event) => {
    if (card && !event.target.closest(".card, mark.claim, .claim-ref, .margin-note")) close();
  });
  document.addEventListener("claimsshown", () => close());
  sourcebook.openClaim = (claim, focus) => {
    pinned = true;
    opener = document.getElementById("r-" + claim);
    open([claim], (opener || article).getBoundingClientRect(), focus);
  };
}
