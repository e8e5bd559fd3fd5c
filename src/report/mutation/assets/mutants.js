// The pages of mutants: which kinds are shown, and the way from one to the next that no test has found.
const boxes = [...document.querySelectorAll(".tools input")];
const items = [...document.querySelectorAll("#code td > ul > li")];
const missed = items.filter(({ className }) => className === "Survived" || className === "NoCoverage");
let current = -1;

function showChosen() {
  const chosen = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
  for (const item of items) item.hidden = !chosen.has(item.classList[0]);
}

function goTo(step) {
  const shown = missed.filter(({ hidden }) => !hidden);
  if (shown.length === 0) return;
  const from = current === -1 && step < 0 ? 0 : current;
  current = (from + step + shown.length) % shown.length;
  for (const item of items) item.classList.toggle("here", item === shown[current]);
  shown[current].scrollIntoView({ block: "center" });
  document.querySelector("#place").textContent = `${current + 1} of ${shown.length}`;
}

for (const box of boxes) box.addEventListener("change", showChosen);
showChosen();
const isSource = document.querySelector("#code") !== null;
if (isSource) {
  document.querySelector("#place").textContent = missed.length === 0 ? "" : `${missed.length}`;
  document.querySelector("#next").addEventListener("click", () => goTo(1));
  document.querySelector("#previous").addEventListener("click", () => goTo(-1));
  const up = () => document.querySelector(".path a").click();
  const [next, previous] = [() => goTo(1), () => goTo(-1)];
  report.onKeys({ n: next, j: next, p: previous, k: previous, u: up, t: report.toggleTheme });
} else {
  report.onKeys({ t: report.toggleTheme });
  const table = document.querySelector("#files");
  const body = table.tBodies[0];
  report.sortBy(table, (column, descending) => {
    body.append(...report.sorted([...body.rows], column, descending));
  });
}
