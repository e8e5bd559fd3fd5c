/* global report */
// The page of a source: going from one uncovered place to the next, wrapping, the list of functions.
const rows = [...document.querySelectorAll("#code tr")];
const places = findPlaces();
let current = -1;

/** Lines that never ran are one place as long as no line between them did; every other line with a gap is one. */
function findPlaces() {
  const found = [];
  let last = null;
  for (const row of rows) {
    if (row.className === "n" && last !== null) last.push(row);
    else if (row.className !== "") {
      last = row.className === "n" ? [row] : null;
      if (row.className !== "y") found.push(last ?? [row]);
    }
  }
  return found;
}

function go(step) {
  if (places.length === 0) return;
  const start = current === -1 ? startBy(step) : current + step;
  current = (start + places.length) % places.length;
  for (const row of document.querySelectorAll(".here")) row.classList.remove("here");
  for (const row of places[current]) row.classList.add("here");
  const [first] = places[current];
  (first.querySelector("mark") ?? first).scrollIntoView({ block: "center", inline: "nearest" });
  document.querySelector("#place").textContent = `${current + 1} of ${places.length}`;
  try {
    history.replaceState(null, "", `#${first.id}`);
  } catch {}
}

/** The place from which on the reader goes: behind or before the line that the address names. */
function startBy(step) {
  const line = Number(/^#L(\d+)$/.exec(location.hash)?.[1] ?? 0);
  const behind = places.findIndex(([first]) => Number(first.id.slice(1)) > line);
  if (step > 0) return behind === -1 ? 0 : behind;
  return behind === -1 ? places.length - 1 : behind - 1;
}

function toggleWrap() {
  const wraps = document.body.classList.toggle("wraps");
  report.remember("wrap", String(wraps));
}

/** A gap is seen where its words are pointed at. */
function link() {
  const code = document.querySelector("#code");
  const marksOf = (note) => [...code.querySelectorAll(`mark[data-m~="${note.dataset.m}"]`)];
  code.addEventListener("mouseover", ({ target }) => {
    for (const mark of code.querySelectorAll("mark.seen")) mark.classList.remove("seen");
    const note = target.closest("p[data-m]");
    if (note !== null) for (const mark of marksOf(note)) mark.classList.add("seen");
  });
}

function prepareFunctions() {
  const list = document.querySelector(".functions");
  if (list === null) return;
  const narrow = matchMedia("(max-width: 1000px)");
  list.open = !narrow.matches;
  narrow.addEventListener("change", () => {
    list.open = !narrow.matches;
  });
  const table = list.querySelector("table");
  const body = table.tBodies[0];
  report.sortBy(table, (column, descending) => {
    body.append(...report.sorted([...body.rows], column, descending));
  });
  const filter = document.querySelector("#filter");
  filter.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase();
    for (const row of body.rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
  });
}

/** The count of a line shows which tests ran it, below the line. */
function prepareTests() {
  const titles = [...document.querySelectorAll("#tests li")].map((item) => item.textContent.trim());
  if (titles.length === 0) return;
  const toggle = (cell) => {
    const code = cell.nextElementSibling;
    const shown = code.querySelector("ul");
    cell.setAttribute("aria-expanded", String(shown === null));
    if (shown !== null) return shown.remove();
    const list = document.createElement("ul");
    for (const place of cell.dataset.t.split(" ")) {
      const item = document.createElement("li");
      item.textContent = titles[place] ?? "";
      list.append(item);
    }
    code.append(list);
  };
  for (const cell of document.querySelectorAll("#code td[data-t]")) {
    const count = cell.dataset.t.split(" ").length;
    cell.title = `${cell.title === "" ? "" : `${cell.title}: `}which tests ran this line (${count})`;
    cell.tabIndex = 0;
    cell.setAttribute("role", "button");
    cell.setAttribute("aria-expanded", "false");
    cell.addEventListener("click", () => toggle(cell));
    cell.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle(cell);
    });
  }
}

const wraps = report.recall("wrap") ?? String(matchMedia("(max-width: 700px)").matches);
document.body.classList.toggle("wraps", wraps === "true");
document.querySelector("#place").textContent =
  places.length === 0 ? "nothing missed" : `${places.length} missed`;
document.querySelector("#next").addEventListener("click", () => go(1));
document.querySelector("#previous").addEventListener("click", () => go(-1));
document.querySelector("#wrap").addEventListener("click", toggleWrap);
window.addEventListener("hashchange", () => {
  current = -1;
});
prepareFunctions();
prepareTests();
if (rows.length > 0) link();
report.onKeys({
  n: () => go(1),
  j: () => go(1),
  p: () => go(-1),
  k: () => go(-1),
  w: toggleWrap,
  t: report.toggleTheme,
  u: () => document.querySelector(".path a").click(),
});
