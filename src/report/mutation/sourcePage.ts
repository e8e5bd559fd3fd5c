import { visible } from "../../files/visible.js";
import { scoreOf } from "../../mutation/score.js";
import type { MutantResult, MutatedSource, MutationTest, Watermarks } from "../../types.js";
import { html } from "../html/escape.js";
import { framed, keysHelp } from "../html/frame.js";
import { linkTo } from "../html/pageNames.js";
import { luaText } from "../misses/luaText.js";
import { sourceText } from "../misses/sourceText.js";
import { diffOf } from "./diff.js";
import { scoreList, statusWords } from "./figures.js";
import { paintedLines } from "./painted.js";

export interface SourcePage {
  readonly page: string;
  /** As people see it. */
  readonly name: string;
  readonly source: MutatedSource;
  /** By their ids. */
  readonly tests: ReadonlyMap<string, MutationTest>;
  readonly watermarks: Watermarks;
}

/** The page of a source: its text, and below each line the mutants that begin there. */
export function mutatedSourcePage(shown: SourcePage): string {
  const { page, name, source, watermarks } = shown;
  const score = scoreOf(source.mutants);
  const filters = statusWords
    .filter(([status]) => score.counts[status] > 0)
    .map(([status, word]) => {
      const checked = status === "Killed" || status === "Ignored" ? "" : " checked";
      return `<label class=${status}><input type=checkbox value=${status}${checked}>${score.counts[status]} ${word}</label>`;
    });
  const body = `<header>
<nav class=path><a href="${linkTo(page, "index.html")}">All sources</a> / <b>${html(name)}</b></nav>
<button id=theme type=button title="dark or light (t)">◐</button>
${scoreList(score, watermarks)}
<div class=tools>${filters.join("")}<button id=previous type=button title="previous mutant that no test found (p)">↑</button><output id=place></output><button id=next type=button title="next mutant that no test found (n)">↓</button></div>
</header>
<main><table id=code>
${rowsOf(shown)}</table></main>
<footer>${keysHelp([
    ["n j", "next that no test found"],
    ["p k", "previous"],
    ["t", "dark or light"],
    ["u", "all sources"],
  ])}</footer>`;
  return framed(page, `${name} – mutants`, "mutants", body);
}

function rowsOf({ source, tests }: SourcePage): string {
  const text = sourceText(Buffer.from(source.source).toString("utf8"));
  const lines = paintedLines(text, luaText(text).colored());
  return lines
    .map((line, index) => {
      const own = source.mutants.filter(({ place }) => place.start.line === index + 1);
      const shown = own.map((mutant) => mutantItem(mutant, source.source, tests));
      const below = shown.length === 0 ? "" : `<ul>${shown.join("")}</ul>`;
      return `<tr id=L${index + 1}><td><a href=#L${index + 1}>${index + 1}</a><td><code>${line}</code>${below}\n`;
    })
    .join("");
}

function mutantItem(
  mutant: MutantResult,
  source: Uint8Array,
  tests: ReadonlyMap<string, MutationTest>,
): string {
  const { status, mutator, description, reason } = mutant;
  const { removed, added } = diffOf(source, mutant);
  const word = statusWords.find(([each]) => each === status)?.[1] ?? "";
  const lines = [
    ...removed.map((line) => `<del>${html(line.replaceAll("\t", "  "))}</del>`),
    ...added.map((line) => `<ins>${html(line.replaceAll("\t", "  "))}</ins>`),
  ];
  const open = status === "Survived" || status === "NoCoverage" ? " open" : "";
  return `<li class=${status}><details${open}><summary><b>${word}</b> <span>${mutator}</span> ${html(visible(description))}</summary><pre>${lines.join("\n")}</pre>${why(reason)}${testList("Killed by", mutant.killedBy, tests)}${testList("Covered by", mutant.coveredBy, tests)}</details>`;
}

function why(reason: string): string {
  return reason === "" ? "" : `<p class=reason>${html(visible(reason))}`;
}

/** Of many tests the first few. */
const most = 20;

function testList(title: string, ids: readonly string[], tests: ReadonlyMap<string, MutationTest>): string {
  if (ids.length === 0) return "";
  const items = ids.slice(0, most).flatMap((id) => {
    const test = tests.get(id);
    if (test === undefined) return [];
    const place = test.line === null ? test.file : `${test.file}:${test.line}`;
    return [
      `<li><small>${html(visible(place))}</small> ${test.name === test.file ? "" : html(visible(test.name))}`,
    ];
  });
  const rest = ids.length > most ? [`<li>and ${ids.length - most} more`] : [];
  return `<p>${title}:<ul class=tests>${[...items, ...rest].join("")}</ul>`;
}
