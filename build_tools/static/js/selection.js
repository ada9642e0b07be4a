/* What one can do with selected words: quote them, link to them, suggest them as a claim. Fetched by core with the first selection. */
"use strict";
{
  const { article, el } = sourcebook;
  const head = document.querySelector("[data-copy-text]");
  let bar = null;
  const close = () => { if (bar) bar.remove(); bar = null; };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return article.contains(range.commonAncestorContainer) ? range : null;
  };
  const blockOf = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[data-block]");
  const fold = (text) => text.replace(/\s+/g, " ").trim();
  const around = (range) => {
    const before = document.createRange(), after = document.createRange();
    before.setStart(article, 0);
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(article, article.childNodes.length);
    const ends = [sourcebook.textOf(before), sourcebook.textOf(after)].map((text) => Array.from(text.replace(/\s+/g, " ")));
    return [ends[0].slice(-32).join(""), ends[1].slice(0, 32).join("")];
  };
  const suggest = (range) => {
    const quote = fold(sourcebook.textOf(range)), [prefix, suffix] = around(range), value = JSON.stringify;
    const entry = `  - quote: ${value(quote)}\n    prefix: ${value(prefix)}\n    suffix: ${value(suffix)}\n    kind: judgement   # quantity, comparison, causation, rule, prediction, recommendation, fact\n    weight: other     # or main\n`;
    const file = (article.dataset.file || "").replace(/\.[a-z]+$/, ".yml");
    const area = el("textarea", { value: entry, "aria-label": "Entry for the sidecar", spellcheck: false });
    const copy = el("button", { type: "button" }, "Copy the entry"), shut = el("button", { type: "button" }, "Close");
    const foot = el("div", { className: "dialog-foot" }, copy);
    const repo = document.body.dataset.repo;
    if (repo) {
      const place = location.href.replace(/#.*/, "") + "#" + blockOf(range.startContainer).id;
      const words = "For `seeds/" + file + "`:\n\n```yaml\nclaims:\n" + entry + "```\n\n" + place;
      const href = repo + "/issues/new?title=" + encodeURIComponent("Claim: " + quote.slice(0, 60)) + "&body=" + encodeURIComponent(words);
      foot.append(el("a", { className: "button", href, rel: "external noopener" }, "Open an issue with it"));
    }
    foot.append(shut);
    const dialog = el("dialog", { "aria-label": "Suggest this claim" }, el("h2", {}, "Suggest this claim"),
      el("p", {}, "Curators keep claims in a small file beside the article", file ? el("code", {}, "seeds/" + file) : "", ". This is the entry for it:"), area, foot);
    copy.addEventListener("click", () => sourcebook.copy(area.value, "Entry copied"));
    shut.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const offer = () => {
    const range = selected();
    close();
    if (!range || fold(sourcebook.textOf(range)).length < 3) return;
    const quote = fold(sourcebook.textOf(range)), block = blockOf(range.startContainer);
    const address = location.href.replace(/#.*/, "") + (block ? "#" + block.id : "");
    const button = (words, act) => { const one = el("button", { type: "button", className: "plain" }, words); one.addEventListener("click", () => { act(); close(); }); return one; };
    bar = el("div", { className: "card choices", role: "toolbar", "aria-label": "Selected words" },
      button("Copy quote", () => sourcebook.copy(`“${quote}” — ${head ? fold(head.textContent) + " " : ""}${address}`, "Quote copied")),
      button("Copy link", () => sourcebook.copy(address, "Link copied")),
      button("Suggest as claim", () => suggest(range)));
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    document.querySelector("main").append(bar);
    const at = range.getBoundingClientRect(), size = bar.getBoundingClientRect();
    if (matchMedia("(max-width: 40rem)").matches) return;
    bar.style.left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8)) + scrollX + "px";
    bar.style.top = (at.bottom + size.height + 8 < innerHeight ? at.bottom + 8 : Math.max(60, at.top - size.height - 8)) + scrollY + "px";
  };
  let timer = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(timer); timer = setTimeout(() => { if (!bar || !bar.contains(document.activeElement)) offer(); }, 350); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && bar) close(); });
  offer();
}
