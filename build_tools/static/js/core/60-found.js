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
