// Makes each column of a table of the class "sortable" sort its rows, and puts a box above one of the class
// "filterable" that leaves only the rows with a word; without it the table is as written.
const number = (text) => Number.parseFloat(text.replace(/^<\s*/, ""));
const missing = (text) => text === "" || text === "–";

function compare(one, other) {
  if (missing(one) !== missing(other)) return missing(one) ? Infinity : -Infinity;
  const difference = number(one) - number(other);
  return Number.isNaN(difference) ? one.localeCompare(other, "en") : difference;
}

function sort(table, heads, column) {
  const down = heads[column].getAttribute("aria-sort") === "ascending";
  const text = (row) => row.cells[column].textContent.trim();
  const sorted = [...table.tBodies[0].rows].sort((one, other) => {
    const order = compare(text(one), text(other));
    // What has no value stays at the end in both directions.
    return down && Number.isFinite(order) ? -order : order;
  });
  table.tBodies[0].append(...sorted);
  for (const head of heads) head.removeAttribute("aria-sort");
  heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
}

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent.trim();
    button.addEventListener("click", () => sort(table, heads, column));
    head.replaceChildren(button);
  });
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function filter(table, words, told) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const rows = [...table.tBodies[0].rows];
  for (const row of rows) {
    const text = plain(row.textContent);
    row.hidden = !wanted.every((word) => text.includes(word));
  }
  const left = rows.filter((row) => !row.hidden).length;
  told.textContent = `${left} of ${rows.length} rows`;
}

for (const [number, table] of document.querySelectorAll("table.filterable").entries()) {
  const box = document.createElement("p");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const told = document.createElement("span");
  box.className = "table-filter";
  input.type = "search";
  input.id = label.htmlFor = `table-filter-${number}`;
  label.textContent = "Only rows with ";
  told.setAttribute("role", "status");
  input.addEventListener("input", () => filter(table, input.value, told));
  box.append(label, input, " ", told);
  (table.closest(".table-wrapper") ?? table).before(box);
}
