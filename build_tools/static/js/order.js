/* The list of claims in another order; fetched when somebody asks for one. Comes in: `sourcebook`. Goes out: `sourcebook.order`. */
"use strict";
{
  const list = document.querySelector(".note-list");
  const keys = {
    text: () => "", kind: (note) => note.dataset.kind, main: (note) => note.dataset.weight,
    asserter: (note) => note.querySelector(".asserter").textContent,
    related: (note) => ["disputes", "supports", "restates", "related"].findIndex((kind) => note.querySelector(".relation-" + kind)) + 1 || 9,
  };
  sourcebook.order = (by) => {
    const notes = [...list.children].map((note) => [String(keys[by](note)), note.value, note]);
    notes.sort((one, other) => one[0].localeCompare(other[0]) || one[1] - other[1]);
    list.append(...notes.map((row) => row[2]));
  };
}
