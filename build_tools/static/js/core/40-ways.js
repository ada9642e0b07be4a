/* Ways on: sharing comes when its section is near; a moved article leads to its new address; a lost reader gets help. */
{
  const fetched = (name) => document.head.append(sourcebook.el("script", { src: sourcebook.base + "static/" + name + ".js" }));
  const sharing = document.querySelector("section.sharing[data-claim], [data-share-url]");
  if (sharing) {
    const near = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      near.disconnect();
      fetched("share");
    }, { rootMargin: "25%" });
    near.observe(sharing);
  }
  const moved = document.querySelector("a[data-moved]");
  if (moved) location.replace(moved.href + (sourcebook.local ? "index.html" : "") + location.hash);
  if (document.querySelector("[data-lost]")) fetched("lost");
}
