import type { FunctionMapping } from "istanbul-lib-coverage";
import { visible } from "../../files/visible.js";
import type { FileCoverageData } from "../../types.js";
import type { CodeRows } from "./codeRows.js";
import { html } from "./escape.js";
import { bar, percentText, type ShownFigure, titles } from "./figures.js";
import { framed, keysHelp } from "./frame.js";
import { linkTo } from "./pageNames.js";

/** A source with its coverage, as its page shows it. */
export interface SourcePage {
  readonly page: string;
  /** From the root on, as people see it. */
  readonly name: string;
  readonly file: FileCoverageData;
  readonly figures: readonly ShownFigure[];
  /** Null where the source cannot be shown, with the reason. */
  readonly code: CodeRows | null;
  readonly reason: string;
  /** The tests that ran lines of it, in words; none where that is not known. */
  readonly tests: readonly string[];
}

export function sourcePage(source: SourcePage): string {
  const { page, name } = source;
  const body = `<header>
<nav class=path><a href="${linkTo(page, "index.html")}">All files</a>${pathLinks(page, name)}</nav>
<button id=theme type=button title="dark or light (t)">◐</button>
<ul class=figures>${source.figures.map(figureItem).join("")}</ul>
<div class=tools><button id=previous type=button title="previous uncovered place (p)">↑</button><output id=place></output><button id=next type=button title="next uncovered place (n)">↓</button><button id=wrap type=button title="wrap long lines (w)">wrap</button></div>
</header>
<main>
${functionList(source.file)}
<section class=code>${codeOf(source)}</section>
</main>
<footer>${keys}</footer>`;
  return framed(page, `${name} – coverage`, "source", body);
}

const keys = keysHelp([
  ["n j", "next uncovered"],
  ["p k", "previous"],
  ["/", "filter functions"],
  ["w", "wrap"],
  ["t", "dark or light"],
  ["u", "all files"],
]);

/** Each folder leads to the index with the files in it. */
function pathLinks(page: string, name: string): string {
  const steps = name.split("/");
  const links = steps.map((step, index) => {
    if (index === steps.length - 1) return ` / <b>${html(step)}</b>`;
    const folder = `${steps.slice(0, index + 1).join("/")}/`;
    return ` / <a href="${linkTo(page, "index.html")}#${fragment(folder)}">${html(step)}</a>`;
  });
  return links.join("");
}

/** Halves of characters no URL has. */
export function fragment(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
}

function figureItem(figure: ShownFigure): string {
  const { metric, covered, total, level } = figure;
  return `<li class=${level}><span>${titles[metric]}</span> <b>${percentText(figure)}</b> <small>${covered}/${total}</small>${bar(figure)}`;
}

function functionList(file: FileCoverageData): string {
  const functions = Object.entries(file.fnMap).map(([key, fn]) => functionRow(fn, file.f[key] ?? 0));
  if (functions.length === 0) return "";
  const uncalled = Object.values(file.f).filter((calls) => calls === 0).length;
  const summary = `${functions.length} ${functions.length === 1 ? "function" : "functions"}`;
  const missing = uncalled === 0 ? "" : `, <em>${uncalled} never called</em>`;
  return `<details class=functions open><summary>${summary}${missing}</summary>
<input id=filter type=search placeholder="Filter functions  /" aria-label="Filter functions" autocomplete=off spellcheck=false>
<table><thead><tr><th aria-sort=none><button type=button>Function</button><th aria-sort=ascending><button type=button>Line</button><th aria-sort=none><button type=button>Calls</button><tbody>
${functions.join("\n")}</table></details>`;
}

function functionRow(fn: FunctionMapping, calls: number): string {
  const line = fn.decl?.start.line ?? fn.loc.start.line;
  return `<tr${calls === 0 ? " class=n" : ""}><td><a href=#L${line}>${html(visible(fn.name))}</a><td>${line}<td>${calls}`;
}

function codeOf({ code, reason, tests }: SourcePage): string {
  if (code === null) return `<p class=gone>The source cannot be shown: ${html(visible(reason))}</p>`;
  return `<table id=code>\n${code.rows}</table>${testList(tests)}`;
}

/** What the counts of lines show when they are clicked. */
function testList(tests: readonly string[]): string {
  if (tests.length === 0) return "";
  return `\n<ol id=tests hidden>\n${tests.map((each) => `<li>${html(visible(each))}\n`).join("")}</ol>`;
}
