/* The search dialog is here at once, its code and index when it is asked for; without script the link leads to all claims. */
{
  const { el } = sourcebook;
  const claims = sourcebook.base + "claims/" + (sourcebook.local ? "index.html" : "");
  let engine, box;
  /* The code and the index's first piece, side by side. */
  sourcebook.engine = () => engine ||= new Promise((done, fail) => {
    const fetched = (address, rest) => document.head.append(el("script", { src: sourcebook.base + address, ...rest }));
    const early = window.sourcebookEarly = [];
    window.sourcebookPiece = (...piece) => early.push(piece);
    fetched("static/search.js", {
      onload() { window.sourcebookSearch.use(sourcebook.base); done(window.sourcebookSearch); },
      onerror() { engine = null; fail(Error("search")); },
    });
    fetched("search/start.js", { "data-piece": "start", onload() { this.remove(); }, onerror() { this.remove(); } });
  });
  const ask = () => sourcebook.engine().then((search) => search.show(box), () => { location.href = claims; });
  const make = () => {
    const input = el("input", {
      type: "search", name: "q", id: "search-q", autocomplete: "off", spellcheck: false, enterKeyHint: "search",
      placeholder: "A word, a name, a figure, “a phrase”", "aria-describedby": "search-count", oninput: ask,
    });
    const close = el("button", { type: "button", className: "search-close", onclick: () => dialog.close() }, "Close");
    const count = el("p", { id: "search-count", className: "search-count", role: "status" });
    const list = el("ol", { className: "results" }), more = el("p", { className: "search-more" });
    const form = el("form", { role: "search", action: claims },
      el("label", { htmlFor: "search-q" }, "Search claims and passages"), el("div", { className: "search-line" }, input, close));
    const dialog = el("dialog", { className: "search-dialog", "aria-label": "Search", onclick: (event) => { if (event.target === dialog) dialog.close(); } },
      form, count, list, more);
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // the first would only empty the box
      dialog.close();
    });
    document.body.append(dialog);
    return { dialog, input, count, list, more };
  };
  const wake = () => sourcebook.engine().catch(() => {});
  const open = (event) => {
    event.preventDefault();
    wake();
    box ||= make();
    if (!box.dialog.open) box.dialog.showModal();
    box.input.focus();
    box.input.select();
    ask();
  };
  for (const link of document.querySelectorAll("[data-search]")) {
    link.setAttribute("aria-keyshortcuts", "Control+K");
    link.onpointerdown = wake;
    link.onclick = (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
    };
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") open(event);
  });
}
