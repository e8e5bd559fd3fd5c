// The page of a flame graph; the build puts it into one file with the library that draws.
import flamegraph from "d3-flame-graph";
import { select } from "d3-selection";

const data = JSON.parse(document.getElementById("profile").textContent);
const [graph, search, found] = ["graph", "search", "found"].map((id) => document.getElementById(id));

/** What was found stands out where all else has no colour. */
const [marked, grey] = ["#ffb000", "#c9c9c9"];

const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const chart = flamegraph()
  .width(graph.clientWidth)
  .cellHeight(18)
  .minFrameSize(0.5)
  .inverted(true)
  .resetHeightOnZoom(true)
  .transitionDuration(isStill ? 0 : 150)
  .setDetailsElement(document.getElementById("details"))
  .label(({ data }) => data.label)
  .setColorMapper(({ highlight, data }) => (highlight ? marked : search.value === "" ? data.color : grey))
  .setSearchMatch((node, term) => node.data.text.includes(term))
  .setSearchHandler(tellFound);
chart.onClick(() => scrollTo({ top: 0 }));
select(graph).datum(treeOf(data)).call(chart);

/** The calls as the library takes them, below one for all. */
function treeOf({ whole, functions, fn, parent, self, total, calls }) {
  const all = {
    name: "all",
    label: `all: ${timeText(whole)}`,
    text: "all",
    value: whole,
    color: grey,
    children: [],
  };
  const colors = functions.map(colorOf);
  const nodes = [];
  for (const [index, each] of fn.entries()) {
    const { name, place } = functions[each];
    const times = `${timeText(total[index])} (${percent(total[index])}), ${timeText(self[index])} by itself`;
    const label = `${name} ${place}: ${times}${countText(calls[index])}`;
    const text = `${name} ${place}`.toLowerCase();
    nodes.push({ name, label, text, value: total[index], color: colors[each], children: [] });
    (nodes[parent[index]] ?? all).children.push(nodes[index]);
  }
  return all;
}

/** Files differ in their hue, the functions of one a little in their lightness; without a file, grey. */
function colorOf({ file }, index) {
  const lightness = 70 + ((index * 5) % 14);
  return file === null ? `hsl(220 8% ${lightness}%)` : `hsl(${(20 + file * 137.5) % 360} 60% ${lightness}%)`;
}

function timeText(microseconds) {
  if (microseconds < 1000) return `${microseconds} µs`;
  const isLong = microseconds >= 999_500;
  return `${Number((microseconds / (isLong ? 1e6 : 1e3)).toPrecision(3))} ${isLong ? "s" : "ms"}`;
}

function countText(calls) {
  if (calls === null) return "";
  return calls === 1 ? ", 1 call" : `, ${calls.toLocaleString("en")} calls`;
}

function percent(time) {
  return `${(data.whole === 0 ? 0 : (100 * time) / data.whole).toFixed(1)} %`;
}

/** What is in one that was found as well is not counted twice. */
function tellFound(nodes) {
  const isOutermost = (node) => {
    let above = node.parent;
    while (above !== null && !above.highlight) above = above.parent;
    return above === null;
  };
  const time = nodes.filter(isOutermost).reduce((sum, node) => sum + node.data.value, 0);
  found.textContent =
    nodes.length === 0 ? "nothing found" : `${nodes.length} found, ${percent(time)} of the time`;
}

function find(term) {
  if (term !== "") return chart.search(term.toLowerCase());
  found.textContent = "";
  chart.clear();
}

function toggleTheme() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = document.documentElement.dataset.theme ?? (isDark ? "dark" : "light");
  document.documentElement.dataset.theme = theme === "dark" ? "light" : "dark";
}

function leave() {
  search.value = "";
  search.blur();
  find("");
  chart.resetZoom();
}

search.addEventListener("input", () => find(search.value));
document.getElementById("reset").addEventListener("click", () => chart.resetZoom());
document.getElementById("theme").addEventListener("click", toggleTheme);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return leave();
  if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "t") toggleTheme();
  if (event.key !== "/") return;
  event.preventDefault();
  search.focus();
});

let width = graph.clientWidth;
new ResizeObserver(() => {
  if (graph.clientWidth === width) return;
  width = graph.clientWidth;
  chart.width(width).update();
}).observe(graph);
