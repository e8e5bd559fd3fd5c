import { html } from "./escape.js";
import { bar, percentText, type ShownFigure, titles } from "./figures.js";
import { framed, keysHelp } from "./frame.js";
import { linkTo } from "./pageNames.js";

/** A row of the index. */
export interface IndexEntry {
  readonly page: string;
  /** From the root on, as people see it. */
  readonly name: string;
  readonly figures: readonly ShownFigure[];
  /** In how many places something is missed. */
  readonly missed: number;
}

/** The files of a folder with what they come to together. */
export interface IndexFolder {
  /** With a slash behind it; "" for the root. */
  readonly name: string;
  readonly figures: readonly ShownFigure[];
  readonly entries: readonly IndexEntry[];
}

export function indexPage(figures: readonly ShownFigure[], folders: readonly IndexFolder[]): string {
  const files = folders.reduce((sum, { entries }) => sum + entries.length, 0);
  const body = `<header>
<h1>Coverage <small>${files} ${files === 1 ? "file" : "files"}</small></h1>
<button id=theme type=button title="dark or light (t)">◐</button>
<ul class=figures>${figures.map(total).join("")}</ul>
<div class=tools><input id=filter type=search placeholder="Filter by folder or file  /" aria-label="Filter by folder or file" autocomplete=off spellcheck=false>
<label><input id=missed type=checkbox> with misses only</label><label><input id=folders type=checkbox checked> by folder</label><output id=shown></output></div>
</header>
<main><table id=files><thead><tr>${headings}</thead>
${folders.map(folderRows).join("\n")}
</table></main>
<footer>${keys}</footer>`;
  return framed("index.html", "Coverage", "index", body);
}

const keys = keysHelp([
  ["/", "filter"],
  ["n j", "next file with misses"],
  ["p k", "previous"],
  ["Enter", "open"],
  ["t", "dark or light"],
]);

const columns = ["File", ...Object.values(titles), "Missed"];
const headings = columns
  .map(
    (name, index) =>
      `<th aria-sort=${index === 0 ? "ascending" : "none"}><button type=button>${name}</button>`,
  )
  .join("");

function total(figure: ShownFigure): string {
  const { metric, covered, total, level } = figure;
  return `<li class=${level}><span>${titles[metric]}</span> <b>${percentText(figure)}</b> <small>${covered}/${total}</small>${bar(figure)}`;
}

function folderRows({ name, figures, entries }: IndexFolder): string {
  const missed = entries.reduce((sum, entry) => sum + entry.missed, 0);
  const rows = entries.map((entry) => `<tr>${fileCell(entry, name)}${cells(entry)}`).join("\n");
  const shown = html(name === "" ? "./" : name).replaceAll("/", "/<wbr>");
  return `<tbody><tr class=folder><th scope=rowgroup><button type=button title="fold">▾</button><a href="#">${shown}</a>${cells({ figures, missed })}
${rows}`;
}

/** The folder's name is hidden while the files are shown by folder. */
function fileCell({ page, name }: IndexEntry, folder: string): string {
  const own = name.slice(folder.length);
  return `<td><a href="${linkTo("index.html", page)}"><span>${html(folder).replaceAll("/", "/<wbr>")}</span>${html(own)}</a>`;
}

function cells({ figures, missed }: Pick<IndexEntry, "figures" | "missed">): string {
  return `${figures.map(cell).join("")}<td>${missed === 0 ? "" : missed}`;
}

function cell(figure: ShownFigure): string {
  const { metric, covered, total, level } = figure;
  const picture = metric === "lines" ? bar(figure) : "";
  return `<td class=${level}>${picture}<b>${percentText(figure)}</b> <small>${covered}/${total}</small>`;
}
