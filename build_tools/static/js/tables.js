/* Tables that can be sorted: the headings become buttons. Without script they stand in a sensible order. */
(() => {
"use strict";
const value = (row, column) => {
  const cell = row.cells[column], number = cell.dataset.value;
  return number === undefined ? cell.textContent.trim().toLowerCase() : +number;
};
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort-by";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending", sign = down ? -1 : 1;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = [...body.rows].map((row, at) => [value(row, column), at, row]);
      keyed.sort(([a, i], [b, j]) => (a < b ? -sign : a > b ? sign : i - j));
      body.append(...keyed.map(([, , row]) => row));
    });
  });
}
})();
