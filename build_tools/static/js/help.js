/* What the marks mean, and the keys; fetched when somebody asks for it. Comes in: `sourcebook`. Goes out: `sourcebook.help`, which opens it. */
{
  const { el } = sourcebook;
  let help = null;
  const list = (rows) => {
    const table = el("dl");
    for (const [sign, words] of rows) table.append(el("dt", {}, sign), el("dd", {}, words));
    return table;
  };
  /* The kinds that this article has, as its own list shows them. */
  const kinds = () => {
    const all = el("p", { className: "kinds" });
    for (const lane of document.querySelectorAll(".lane")) {
      const kind = el("span", { className: lane.className.replace("lane", "") });
      for (const part of lane.querySelectorAll(".kind-sign, .key")) kind.append(part.cloneNode(true), " ");
      all.append(kind);
    }
    return all;
  };
  const marks = () => list([
    [el("span", { className: "key" }, "Underlined"), "a claim; the line and the sign tell its kind:"],
    ["7", "its number: opens who says so and what other sources say"],
    [el("b", { className: "word-disputed" }, "×"), "another source disputes it"],
    [el("mark", {}, "Tinted"), "a main claim that a person has checked; one that a rule found has no tint"],
    ["Main, All", "how many claims are underlined; with None the plain article is left"],
  ]);
  const keys = () => list([
    ["Alt Shift ↓ / ↑", "next or previous claim"], ["Enter", "on a number: open its note"], ["Esc", "close, back to the text"],
    ["Alt Shift C", "copy the link to this claim"], ["Alt Shift H", "this help"], ["Ctrl K", "search"],
  ].map(([key, words]) => [el("kbd", {}, key), words]));
  const made = () => {
    const previews = el("input", { type: "checkbox", checked: sourcebook.get("previews") !== "off" });
    previews.addEventListener("change", () => sourcebook.set("previews", previews.checked ? null : "off"));
    const shut = el("button", { type: "button" }, "Close");
    shut.addEventListener("click", () => help.close());
    const pointed = matchMedia("(any-hover: hover)").matches ? [el("h2", {}, "With the keyboard"), keys(),
      el("p", { className: "note-order" }, el("label", {}, previews, " Show a preview when the pointer rests on a link"))] : [];
    return el("dialog", { "aria-label": "Marks and keys" }, el("h2", {}, "What the marks mean"), marks(), kinds(), ...pointed,
      el("div", { className: "dialog-foot" }, shut));
  };
  sourcebook.help = () => {
    if (!help) document.body.append(help = made());
    if (!help.open) help.showModal();
  };
}
