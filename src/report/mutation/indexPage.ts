import { scoreOf } from "../../mutation/score.js";
import type { MutatedSource, Watermarks } from "../../types.js";
import { html } from "../html/escape.js";
import { framed, keysHelp } from "../html/frame.js";
import { linkTo } from "../html/pageNames.js";
import { levelOf, scoreBar, scoreList, statusWords } from "./figures.js";

/** A source with the name that people see, and its page. */
export interface NamedSource {
  readonly source: MutatedSource;
  readonly name: string;
  readonly page: string;
}

/** The page of all sources, those with most survivors first. */
export function mutationIndex(sources: readonly NamedSource[], watermarks: Watermarks): string {
  const all = scoreOf(sources.flatMap(({ source }) => source.mutants));
  const missed = ({ source }: NamedSource) =>
    scoreOf(source.mutants).valid - scoreOf(source.mutants).detected;
  const rows = sources.toSorted((a, b) => missed(b) - missed(a)).map((each) => rowOf(each, watermarks));
  const headings = ["Source", "Score", "Of covered", ...statusWords.map(([, word]) => word)];
  const body = `<header>
<h1>Mutants</h1>
<button id=theme type=button title="dark or light (t)">◐</button>
${scoreList(all, watermarks)}
</header>
<main>
<table id=files><thead><tr>${headings.map(heading).join("")}<tbody>
${rows.join("\n")}</table>
</main>
<footer>${keysHelp([["t", "dark or light"]])}</footer>`;
  return framed("index.html", "Mutants", "mutants", body);
}

function heading(title: string): string {
  return `<th aria-sort=none><button type=button>${title}</button>`;
}

function rowOf({ source, name, page }: NamedSource, watermarks: Watermarks): string {
  const { score, coveredScore, counts } = scoreOf(source.mutants);
  const numbers = statusWords.map(
    ([status]) => `<td class=${status}>${counts[status] === 0 ? "" : counts[status]}`,
  );
  return `<tr class=${levelOf(score, watermarks)}><td><a href="${linkTo("index.html", page)}">${html(name)}</a><td><b>${percent(score)}</b>${scoreBar(score)}<td>${percent(coveredScore)}${numbers.join("")}`;
}

function percent(score: number | null): string {
  return score === null ? "–" : `${score.toFixed(2)}%`;
}
