import path from "node:path";
import { colorsOf } from "../../colors.js";
import { usage } from "../../errors.js";
import { visible } from "../../files/visible.js";
import {
  type AloneRequest,
  type Config,
  type CoveredLines,
  type DependentTest,
  type OrderedTest,
  type OrderReport,
  testsAlone,
} from "../../index.js";
import { counted, linesText, listed, someOf } from "../../words.js";
import type { CommandLine } from "../arguments/flags.js";
import { nameOf, placeOf, titleOf } from "../byTest/asked.js";

/** Says which tests depend on others of their file. The exit code is 1 where any does. Throws USAGE. */
export async function alone(
  config: Config,
  request: AloneRequest,
  { json, quiet, list, watch }: CommandLine,
): Promise<number> {
  if (list || watch)
    throw usage(`--alone runs tests once and ends, so it takes no --${list ? "list" : "watch"}`);
  const { dim } = colorsOf(process.stderr);
  const onPhase: AloneRequest["onPhase"] = (phase, count) => {
    if (!quiet && !json) console.error(dim(phases[phase](count)));
  };
  const report = await testsAlone(config, { ...request, onPhase });
  console.log(json ? JSON.stringify(jsonOf(report, config), null, 2) : textOf(report, config));
  return report.interrupted || report.dependent.length > 0 ? 1 : 0;
}

const phases: Readonly<
  Record<Parameters<NonNullable<AloneRequest["onPhase"]>>[0], (count: number) => string>
> = {
  "in order": (count) => `Running ${counted(count, "test file")} in order`,
  alone: (count) => `Running ${counted(count, "test")} alone`,
  search: (count) => `Looking for what ${counted(count, "test")} may depend on`,
};

function textOf(report: OrderReport, config: Config): string {
  const { dependent, inseparable, loading, comparesCoverage } = report;
  const dependents = dependent.flatMap((each) => [
    whole(each.test),
    ...sentencesOf(each, config).map((sentence) => `  ${sentence}`),
  ]);
  const others = inseparable.flatMap(({ test, reason }) => [
    whole(test),
    `  cannot run alone: ${visible(reason)}`,
  ]);
  const notes = [
    ...(comparesCoverage ? [] : ["Only results were compared, not what tests cover."]),
    ...(loading.length > 0 ? [loadingText(loading)] : []),
  ];
  return [...spaced(dependents), ...spaced(others), ...spaced(notes), summary(report)].join("\n");
}

function loadingText(tests: readonly OrderedTest[]): string {
  const [load, are] = tests.length === 1 ? ["loads", "it covers"] : ["load", "they cover"];
  return `${counted(tests.length, "test")} ${load} sources alone that are loaded before in order; what else ${are} only alone is not told: ${someOf(tests.map(placeOf))}`;
}

const spaced = (lines: readonly string[]) => (lines.length === 0 ? [] : [...lines, ""]);

function whole(test: OrderedTest): string {
  const lua = test.lua === null ? "" : ` (${visible(test.lua)})`;
  return `${placeOf(test)}  ${titleOf(test)}`.trimEnd() + lua;
}

function sentencesOf(each: DependentTest, config: Config): string[] {
  const { inOrder, alone: own, onlyAlone, onlyInOrder, isSteady, after } = each;
  if (!isSteady) return ["does not do the same each time it runs"];
  const others = after === null ? "the tests before it" : listed(after.map(placeOf));
  // What a test that fails leaves out, it leaves out for that.
  if (inOrder !== own) return [`${own} alone, ${inOrder} after ${others}`];
  const lines = (all: readonly CoveredLines[]) => listed(all.map((covered) => coveredText(covered, config)));
  return [
    ...(onlyAlone.length > 0 ? [`covers only alone, not after ${others}: ${lines(onlyAlone)}`] : []),
    ...(onlyInOrder.length > 0 ? [`covers only after ${others}: ${lines(onlyInOrder)}`] : []),
  ];
}

/** `src/a.lua: 3-4, a way at 2`: where statements and functions begin, and branches of which another way is taken. */
function coveredText({ source, lines, branches }: CoveredLines, config: Config): string {
  const ways =
    branches.length === 0 ? [] : [`${branches.length === 1 ? "a way" : "ways"} at ${linesText(branches)}`];
  const all = [...(lines.length === 0 ? [] : [linesText(lines)]), ...ways];
  return `${nameOf({ path: source }, config)}: ${all.join(", ")}`;
}

function summary({ tests, alone: own, dependent, inseparable, interrupted }: OrderReport): string {
  const steady = dependent.filter(({ isSteady }) => isSteady).length;
  const none = interrupted ? "interrupted before all had run alone" : "none depends on another";
  const parts = [
    steady === 0 ? none : `${steady} ${steady === 1 ? "depends" : "depend"} on others`,
    ...(dependent.length > steady ? [`${dependent.length - steady} not the same each time`] : []),
    ...(inseparable.length > 0 ? [`${inseparable.length} not run alone`] : []),
    ...(interrupted && steady > 0 ? ["interrupted before all had run alone"] : []),
  ];
  return `${counted(tests, "test")}, ${own} behind others: ${parts.join(", ")}`;
}

function jsonOf(report: OrderReport, { cwd }: Config) {
  const lines = (all: readonly CoveredLines[]) =>
    all.map((each) => ({ ...each, source: path.relative(cwd, each.source) }));
  return {
    ...report,
    dependent: report.dependent.map((each) => ({
      ...each,
      onlyInOrder: lines(each.onlyInOrder),
      onlyAlone: lines(each.onlyAlone),
    })),
  };
}
