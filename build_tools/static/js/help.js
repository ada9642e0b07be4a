/* The dialog of keys, fetched when somebody asks for it. Comes in: `sourcebook`. Goes out: `sourcebook.help`, which opens it. */
{
  const { el } = sourcebook;
  let help = null;
  const made = () => {
    const previews = el("input", { type: "checkbox", checked: sourcebook.get("previews") !== "off" });
    previews.addEventListener("change", () => sourcebook.set("previews", previews.checked ? null : "off"));
    const rows = [
      ["Alt Shift ↓ / ↑", "next or previous claim"], ["Enter", "on a number: open its note"], ["Esc", "close, back to the text"],
      ["Alt Shift C", "copy the link to this claim"], ["Alt Shift H", "this help"], ["Ctrl K", "search"],
    ];
    const table = el("dl");
    for (const [keys, words] of rows) table.append(el("dt", {}, el("kbd", {}, keys)), el("dd", {}, words));
    const shut = el("button", { type: "button" }, "Close");
    shut.addEventListener("click", () => help.close());
    return el("dialog", { "aria-label": "Keys and help" }, el("h2", {}, "Reading with the keyboard"), table,
      el("p", { className: "sans" }, el("label", {}, previews, " Show a preview when the pointer rests on a link")), el("div", { className: "dialog-foot" }, shut));
  };
  sourcebook.help = () => {
    if (!help) document.body.append(help = made());
    if (!help.open) help.showModal();
  };
}
