/* How many claims are marked: none, main, all, and which kinds. By address (?claims=all&kinds=fact,rule), remembered. */
if (sourcebook.article) {
  const { root, article, get, set } = sourcebook;
  const address = new URLSearchParams(location.search);
  const boxes = [...document.querySelectorAll("input[name=kinds]")];
  const every = boxes.map((box) => box.value);
  const stored = address.get("kinds") || get("kinds");
  const wanted = stored ? stored.split(",").filter((kind) => every.includes(kind)) : every;
  const apply = () => {
    const density = root.dataset.claimsShown;
    const off = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    for (const item of article.querySelectorAll("mark.claim, .claim-ref, .margin-note")) {
      const hidden = off.has(item.dataset.kind);
      item.classList.toggle("off", hidden);
      if (item.tagName !== "MARK") continue;
      // Announced once, and not at all while it is not shown.
      const silent = hidden || density === "none" || (density === "main" && item.dataset.weight === "other") || !item.id || !item.textContent;
      if (silent) item.setAttribute("role", "none"); else item.removeAttribute("role");
    }
    for (const note of document.querySelectorAll(".note-list > .note")) note.hidden = off.has(note.dataset.kind);
    document.dispatchEvent(new Event("claimsshown"));
  };
  for (const box of boxes) {
    box.checked = !wanted.length || wanted.includes(box.value);
    box.addEventListener("change", () => {
      const kinds = boxes.filter((one) => one.checked).map((one) => one.value);
      set("kinds", kinds.length === every.length ? null : kinds.join(","));
      apply();
    });
  }
  for (const radio of document.querySelectorAll(".density input")) {
    radio.checked = radio.value === root.dataset.claimsShown;
    radio.addEventListener("change", () => {
      const above = [...article.querySelectorAll("[data-block]")].find((block) => block.getBoundingClientRect().bottom > 60);
      const top = above && above.getBoundingClientRect().top;
      root.dataset.claimsShown = radio.value;
      set("claims", radio.value);
      apply();
      if (above) scrollBy(0, above.getBoundingClientRect().top - top); // the line being read stays where it is
    });
  }
  apply();
  const order = document.querySelector("[data-sort]");
  if (order) order.addEventListener("change", () => sourcebook.need("order").then(() => sourcebook.order(order.value)));
}
