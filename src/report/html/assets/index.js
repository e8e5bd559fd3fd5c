/* global report */
// The index: filtering, folding, sorting, and going from file to file.
const table = document.querySelector("#files");
const filter = document.querySelector("#filter");
const missed = document.querySelector("#missed");
const byFolder = document.querySelector("#folders");
const shown = document.querySelector("#shown");
const groups = [...table.tBodies].map((body) => {
  const [head, ...files] = body.rows;
  return { body, head, files: files.map((row) => ({ row, name: row.cells[0].textContent.toLowerCase() })) };
});
const all = groups.flatMap(({ files }) => files);
const flat = table.createTBody();
let order = { column: 0, descending: false };

function show() {
  const terms = filter.value.toLowerCase().split(/\s+/);
  let count = 0;
  for (const { body, head, files } of groups) {
    let own = 0;
    for (const { row, name } of files) {
      const isShown = terms.every((term) => name.includes(term)) && (!missed.checked || hasMisses(row));
      row.hidden = !isShown;
      if (isShown) own++;
    }
    head.hidden = own === 0;
    body.classList.toggle("folded", body.dataset.folded === "true" && byFolder.checked);
    count += own;
  }
  shown.textContent = count === all.length ? "" : `${count} of ${all.length} files`;
}

function hasMisses(row) {
  return row.lastElementChild.textContent.trim() !== "";
}

function arrange() {
  const { column, descending } = order;
  table.classList.toggle("flat", !byFolder.checked);
  const rows = report.sorted(
    all.map(({ row }) => row),
    column,
    descending,
  );
  if (!byFolder.checked) {
    flat.append(...rows);
    return;
  }
  const bodies = new Map(groups.map((group) => [group.head, group.body]));
  const owners = new Map(groups.flatMap(({ body, files }) => files.map(({ row }) => [row, body])));
  for (const row of rows) owners.get(row).append(row);
  table.append(...report.sorted([...bodies.keys()], column, descending).map((head) => bodies.get(head)));
}

/** The filter is in the address, so that a link may lead to a folder. */
function filterByAddress() {
  try {
    filter.value = decodeURIComponent(location.hash.slice(1));
  } catch {}
  show();
}

function filterBy(text) {
  filter.value = text;
  try {
    history.replaceState(null, "", `#${encodeURIComponent(text)}`);
  } catch {}
  show();
}

/** To the next file with misses that is shown, or the one before. */
function go(step) {
  const rows = [...table.querySelectorAll("tbody tr:not(.folder, [hidden])")].filter(
    (row) => hasMisses(row) && row.offsetParent !== null,
  );
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement?.closest("tr"));
  const next = at === -1 && step < 0 ? rows.length - 1 : (at + step + rows.length) % rows.length;
  rows[next].querySelector("a").focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

for (const { body, head } of groups) {
  head.querySelector("button").addEventListener("click", () => {
    body.dataset.folded = String(body.dataset.folded !== "true");
    show();
  });
  head.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    filterBy(head.querySelector("a").textContent);
  });
}
report.sortBy(table, (column, descending) => {
  order = { column, descending };
  arrange();
});
byFolder.addEventListener("change", () => {
  arrange();
  show();
});
missed.addEventListener("change", show);
filter.addEventListener("input", () => filterBy(filter.value));
filter.addEventListener("keydown", (event) => {
  if (event.key === "Enter") go(1);
});
window.addEventListener("hashchange", filterByAddress);
filterByAddress();
report.onKeys({
  n: () => go(1),
  j: () => go(1),
  p: () => go(-1),
  k: () => go(-1),
  t: report.toggleTheme,
});
