/* Light or dark: the system's choice until the reader makes one. */
{
  const { root, get, set } = sourcebook;
  const button = document.querySelector("[data-scheme-toggle]");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = (scheme) => {
    root.dataset.mdColorScheme = scheme;
    if (button) button.setAttribute("aria-pressed", String(scheme === "slate"));
  };
  const current = () => get("scheme") || (dark.matches ? "slate" : "default");
  show(current());
  dark.addEventListener("change", () => show(current()));
  if (button) button.addEventListener("click", () => {
    const wanted = root.dataset.mdColorScheme === "slate" ? "default" : "slate";
    set("scheme", wanted === (dark.matches ? "slate" : "default") ? null : wanted);
    show(wanted);
  });
}
