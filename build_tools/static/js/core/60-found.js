/* The code of search and the first piece of its index come side by side once somebody reaches for the search. */
{
  const early = (event) => {
    const wanted = event.type === "keydown" ? (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" : event.target.closest?.("[data-search]");
    if (!wanted || sourcebook.local) return;
    for (const type of ["pointerdown", "click", "keydown"]) removeEventListener(type, early, true);
    for (const path of ["static/search.js", "search/start.js"]) document.head.append(sourcebook.el("link", { rel: "preload", as: "script", href: sourcebook.base + path }));
  };
  for (const type of ["pointerdown", "click", "keydown"]) addEventListener(type, early, true);
}
/* Landing from a search result: the words that were found are painted in the passage. The address stays clean. */
(() => {
  if (!globalThis.CSS?.highlights || !globalThis.Highlight) return;
  const paint = () => {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem("sourcebook-found")); } catch { return; }
    if (!kept || kept[0] !== decodeURIComponent(location.hash.slice(1))) return;
    sessionStorage.removeItem("sourcebook-found");
    const [id, words] = kept, ranges = [], first = document.getElementById(id);
    const pieces = document.querySelectorAll(`mark[data-claims~="${CSS.escape(id)}"]`);
    for (const piece of pieces.length ? pieces : first ? [first] : []) {
      const walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) for (const word of words) {
        const text = walk.currentNode.data;
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(walk.currentNode, at);
          range.setEnd(walk.currentNode, at + word.length);
          ranges.push(range);
        }
      }
    }
    if (ranges.length) CSS.highlights.set("found", new Highlight(...ranges));
  };
  paint();
  addEventListener("hashchange", paint);
})();
