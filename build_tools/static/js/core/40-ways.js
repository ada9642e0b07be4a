/* Ways on: sharing comes after the page; a moved article leads to its new address; a lost reader gets help. */
{
  const fetched = (name) => document.head.append(sourcebook.el("script", { src: sourcebook.base + "static/" + name + ".js" }));
  const sharing = document.querySelector("section.sharing[data-claim], [data-share-url]");
  if (sharing) { // the row keeps its place, so that nothing moves when the buttons come
    const head = sharing.querySelector("h2");
    if (head) head.after(sourcebook.el("p", { className: "share-buttons" }));
    addEventListener("load", () => setTimeout(fetched, 0, "share"));
  }
  const moved = document.querySelector("a[data-moved]");
  if (moved) location.replace(moved.href + (sourcebook.local ? "index.html" : "") + location.hash);
  if (document.querySelector("[data-lost]")) fetched("lost");
}
