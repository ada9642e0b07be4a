/* The search dialog comes when it is asked for; until then, and without script, the link leads to all claims. */
{
  const open = () => {
    if (window.sourcebookSearch) return void window.sourcebookSearch.open(sourcebook.base);
    const script = sourcebook.el("script", { src: sourcebook.base + "static/search.js" });
    script.onload = () => window.sourcebookSearch.open(sourcebook.base);
    script.onerror = () => { location.href = sourcebook.base + "claims/" + (sourcebook.local ? "index.html" : ""); };
    document.head.append(script);
  };
  for (const link of document.querySelectorAll("[data-search]")) {
    link.setAttribute("aria-keyshortcuts", "Control+K");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
}
