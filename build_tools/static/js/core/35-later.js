/* Previews and the selection's toolbar come when they are first needed. Copies of the article carry its text alone. */
{
  const { article, el } = sourcebook;
  const asked = new Map();
  const need = sourcebook.need = (name) => {
    if (!asked.has(name)) asked.set(name, new Promise((done) => {
      document.head.append(el("script", { src: sourcebook.base + "static/" + name + ".js", onload: done }));
    }));
    return asked.get(name);
  };
  const preview = (event) => {
    if (event.buttons || event.pointerType === "touch" || !event.target.closest || sourcebook.get("previews") === "off") return;
    if (event.type === "focusin" && !event.target.matches(":focus-visible")) return;
    if (event.target.closest("main a[href], .card a[href]")) need("previews").then(() => sourcebook.preview(event));
  };
  if (!sourcebook.local && matchMedia("(hover: hover)").matches) {
    document.addEventListener("pointerover", preview);
    document.addEventListener("focusin", preview);
  }
  if (article) {
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      if (!selection.isCollapsed && article.contains(selection.anchorNode)) need("selection");
    });
    document.addEventListener("copy", (event) => {
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed || event.target.closest && event.target.closest("input, textarea")) return;
      const range = selection.getRangeAt(0);
      const outside = (node) => (node.nodeType === 1 ? node : node.parentElement).closest(".apparatus, .card, .article-head");
      if (!range.intersectsNode(article) || outside(selection.anchorNode) || outside(selection.focusNode)) return;
      event.clipboardData.setData("text/plain", sourcebook.textOf(range));
      event.preventDefault();
    });
  }
}
