import path from "node:path";
import {
  type Figures,
  figureOfLines,
  figureOfWays,
  figuresOf,
  percentOf,
  sumOfFigure,
  sumOfFigures,
} from "../../coverage/figures.js";
import { visibleName } from "../../files/visible.js";
import type { ChangeCoverage, ChangedFile, CoverageMapData, Figure, Metric } from "../../types.js";
import { counted } from "../../words.js";
import { uncoveredOf } from "../text/changeTable.js";
import type { OwnReport } from "./ownReporters.js";
import { writeText } from "./writeText.js";

/** A table of the coverage in Markdown, compared with that of the base, and one of what a change touched. */
export function writeMarkdown(report: OwnReport): void {
  writeText(report.writer, report.options, "coverage.md", markdown(report));
}

export function markdown({
  config,
  coverage,
  change,
  base,
}: Pick<OwnReport, "config" | "coverage" | "change" | "base">): string {
  const compared = compare(coverage, base, config.cwd);
  const { all, rows, same } = compared;
  const note = base === "missing" ? ["", "There is no coverage of the base to compare with."] : [];
  const rest = same === 0 ? [] : ["", `${counted(same, "file")} as in the base.`];
  return [
    "### Coverage",
    "",
    ...table(titles, [rowText("**All files**", all), ...rows]),
    ...rest,
    ...note,
    ...(change === null ? [] : ["", ...changeText(change, config.cwd)]),
    "",
  ].join("\n");
}

const metrics: readonly Metric[] = ["lines", "statements", "functions", "branches", "conditions"];
const titles = ["", "Lines", "Statements", "Functions", "Branches", "Conditions"];

interface Pair {
  readonly now: Figures | null;
  readonly before: Figures | null;
  /** Whether there is a base at all. */
  readonly isCompared: boolean;
}

interface Comparison {
  readonly all: Pair;
  readonly rows: readonly string[];
  /** How many files have the same figures as in the base, which are left out. */
  readonly same: number;
}

function compare(coverage: CoverageMapData, base: OwnReport["base"], root: string): Comparison {
  const now = figuresByName(coverage, root);
  const before = base === null || base === "missing" ? null : figuresByName(base, root);
  const isCompared = before !== null;
  const names = [...new Set([...now.keys(), ...(before?.keys() ?? [])])].sort();
  const pairs = names.map((name) => {
    return { name, pair: { now: now.get(name) ?? null, before: before?.get(name) ?? null, isCompared } };
  });
  const shown = pairs.filter(({ pair }) => !isCompared || !isSame(pair));
  const sum = (figures: ReadonlyMap<string, Figures>) => sumOfFigures([...figures.values()]);
  return {
    all: { now: sum(now), before: before === null ? null : sum(before), isCompared },
    rows: shown.map(({ name, pair }) => rowText(code(name), pair)),
    same: pairs.length - shown.length,
  };
}

function figuresByName(coverage: CoverageMapData, root: string): ReadonlyMap<string, Figures> {
  const entries = Object.values(coverage).map((file) => {
    const name = path.relative(root, file.path).split(path.sep).join("/");
    return [visibleName(name), figuresOf(file)] as const;
  });
  return new Map(entries);
}

function isSame({ now, before }: Pair): boolean {
  if (now === null || before === null) return false;
  const isEqual = (metric: Metric) =>
    now[metric].covered === before[metric].covered && now[metric].total === before[metric].total;
  return metrics.every(isEqual);
}

function rowText(name: string, { now, before, isCompared }: Pair): string {
  if (now === null) return row([name, "is gone", ...metrics.slice(1).map(() => "")]);
  const cells = metrics.map((metric) => figureText(now[metric], before?.[metric] ?? null));
  return row([isCompared && before === null ? `${name} (new)` : name, ...cells]);
}

/** `83.33 % (+1.2)`, with a dash for nothing that could be covered. */
function figureText(now: Figure, before: Figure | null): string {
  if (now.total === 0) return "–";
  const percent = percentOf(now);
  const text = `${percent} %`;
  if (before === null || before.total === 0) return text;
  const difference = Math.round((percent - percentOf(before)) * 100) / 100;
  if (difference === 0) return text;
  return `${text} (${difference > 0 ? "+" : "−"}${Math.abs(difference)})`;
}

function changeText({ since, files, unknown }: ChangeCoverage, root: string): string[] {
  const title = `#### Changed since ${code(visibleName(since))}`;
  const nothing = files.length === 0 ? ["", "Nothing that is measured."] : [];
  const notLoaded = unknown.map((file) => code(visibleName(path.relative(root, file))));
  const note =
    unknown.length === 0
      ? []
      : [
          "",
          `Nothing is known of ${notLoaded.join(", ")}, as nothing has loaded ${unknown.length === 1 ? "it" : "them"}.`,
        ];
  const rows = files.map((file) =>
    changeRow(code(visibleName(path.relative(root, file.path))), [file], uncoveredOf(file)),
  );
  const all = changeRow("**All changes**", files, []);
  const lines =
    files.length === 0 ? [] : ["", ...table(["", "Lines", "Branches", "Uncovered"], [all, ...rows])];
  return [title, ...nothing, ...lines, ...note];
}

function changeRow(name: string, files: readonly ChangedFile[], uncovered: readonly string[]): string {
  const figure = ({ covered, total }: Figure) => (total === 0 ? "–" : `${covered} of ${total}`);
  const lines = sumOfFigure(files.map(figureOfLines));
  const branches = sumOfFigure(files.map(figureOfWays));
  return row([name, figure(lines), figure(branches), uncovered.map(code).join(" ")]);
}

/** GitHub refuses a comment of more than 65,536 characters. */
const longest = 60_000;

function table(heads: readonly string[], rows: readonly string[]): string[] {
  const rule = heads.map((_, index) => (index === 0 ? "---" : "---:"));
  let length = 0;
  const fitting = rows.filter((text) => {
    length += text.length;
    return length <= longest;
  });
  const rest = rows.length - fitting.length;
  return [
    row(heads),
    row(rule),
    ...fitting,
    ...(rest === 0 ? [] : ["", `and ${counted(rest, "file")} more`]),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A text as code, whatever is in it: in a table a bar would end its cell. */
function code(text: string): string {
  const runs = Array.from(text.matchAll(/`+/g), ([run]) => run.length);
  const fence = "`".repeat(1 + Math.max(0, ...runs));
  const space = runs.length > 0 ? " " : "";
  return `${fence}${space}${text.replaceAll("|", "\\|")}${space}${fence}`;
}
