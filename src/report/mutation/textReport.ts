import type { Colors } from "picocolors/types.js";
import { visible, visibleName } from "../../files/visible.js";
import { type MutationScore, scoreOf } from "../../mutation/score.js";
import type { MutantResult, MutatedSource, MutationResult, Watermarks } from "../../types.js";
import { padEnd, widthOf } from "../text/width.js";
import { diffOf } from "./diff.js";

interface TextOptions {
  readonly colors: Colors;
  readonly watermarks: Watermarks;
}

/** What a terminal shows: a table of the sources, the mutants that no test has found, and the score of all. */
export function mutationText({ sources, ...result }: MutationResult, options: TextOptions): string {
  const all = scoreOf(sources.flatMap(({ mutants }) => mutants));
  const uncovered = sources.flatMap(uncoveredLines);
  const parts = [
    tableOf(sources, all, options),
    ...sources.flatMap((source) => survivors(source, options)),
    ...(uncovered.length === 0 ? [] : [["Mutants that no test covers:", ...uncovered].join("\n")]),
  ];
  return `${[...parts, summary(all, result, options)].join("\n\n")}\n`;
}

const headings = ["File", "score", "covered", "killed", "timeout", "survived", "no cov", "errors", "ignored"];

function tableOf(sources: readonly MutatedSource[], all: MutationScore, options: TextOptions): string {
  const rows = [
    rowOf("All files", all),
    ...sources.map(({ name, mutants }) => rowOf(visibleName(name), scoreOf(mutants))),
  ];
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => widthOf(row.cells[column] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cellOf(cell, widths[column] ?? 0, column)).join("  ");
  const shown = rows.map(({ cells, score }) => colored(line(cells), score, options));
  return [
    line(headings),
    options.colors.dim(widths.map((width) => "-".repeat(width)).join("  ")),
    ...shown,
  ].join("\n");
}

function cellOf(cell: string, width: number, column: number): string {
  return column === 0 ? padEnd(cell, width) : " ".repeat(width - cell.length) + cell;
}

function rowOf(name: string, score: MutationScore) {
  const { counts } = score;
  const errors = counts.RuntimeError + counts.CompileError;
  const numbers = [counts.Killed, counts.Timeout, counts.Survived, counts.NoCoverage, errors, counts.Ignored];
  const cells = [name, percent(score.score), percent(score.coveredScore), ...numbers.map(String)];
  return { cells, score: score.score };
}

function percent(score: number | null): string {
  return score === null ? "-" : score.toFixed(2);
}

function colored(line: string, score: number | null, { colors, watermarks }: TextOptions): string {
  const [low, high] = watermarks.statements;
  if (score === null) return line;
  if (score >= high) return colors.green(line);
  return score < low ? colors.red(line) : colors.yellow(line);
}

/** What tests have not found, each with its line as it is and as it would be. */
function survivors({ name, source, mutants }: MutatedSource, options: TextOptions): string[] {
  const missed = mutants.filter(({ status }) => status === "Survived" || status === "RuntimeError");
  return missed.map((mutant) => survivor(visibleName(name), source, mutant, options));
}

/** Where no test comes by, one line says it of all mutants of a source. */
function uncoveredLines({ name, mutants }: MutatedSource): string[] {
  const missed = mutants.filter(({ status }) => status === "NoCoverage");
  if (missed.length === 0) return [];
  const lines = rangesOf(missed.map(({ place }) => place.start.line));
  return [
    `  ${visibleName(name)}: ${missed.length} on ${lines.includes("-") || lines.includes(",") ? "lines" : "line"} ${lines}`,
  ];
}

/** `3, 5-7`. */
function rangesOf(lines: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const line of [...new Set(lines)].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(", ");
}

function survivor(name: string, source: Uint8Array, mutant: MutantResult, { colors }: TextOptions): string {
  const { place, mutator, status, description, reason } = mutant;
  const { removed, added } = diffOf(source, mutant);
  const where = `${name}:${place.start.line}:${place.start.column + 1}`;
  const what = status === "Survived" ? "survived" : `no answer: ${visible(reason)}`;
  return [
    `${colors.bold(where)} ${mutator}: ${visible(description)} ${colors.dim(`(${what})`)}`,
    ...removed.map((line) => colors.red(`-${shown(line)}`)),
    ...added.map((line) => colors.green(`+${shown(line)}`)),
  ].join("\n");
}

function shown(line: string): string {
  return visible(line.replaceAll("\t", "  ")).trimEnd();
}

function summary(
  { score, coveredScore, detected, valid, counts }: MutationScore,
  { ran, known, left, interrupted }: Pick<MutationResult, "ran" | "known" | "left" | "interrupted">,
  { colors }: TextOptions,
): string {
  const covered =
    counts.NoCoverage === 0 || coveredScore === null
      ? ""
      : `, of the covered ones ${percent(coveredScore)} %`;
  const figure =
    score === null
      ? "There are no mutants"
      : `Mutation score: ${percent(score)} %${covered} (${detected} of ${valid} mutants detected)`;
  const before = known === 0 ? "" : `, ${known} known from before`;
  const rest = interrupted ? `, ${left} not run` : "";
  return `${colors.bold(figure)}\n${colors.dim(`${ran} run now${before}${rest}`)}`;
}
