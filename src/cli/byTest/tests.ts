import { existsSync } from "node:fs";
import path from "node:path";
import { currentFolder } from "../../files/files.js";
import {
  areKnownSources,
  type Config,
  type ShareOfSource,
  type ShareOfTest,
  sharesOfTests,
  type TestsOfSuite,
} from "../../index.js";
import { counted, linesText } from "../../words.js";
import { showPaged } from "../stored/pager.js";
import { luasOf, nameOf, placeOf, table, titleOf, warnOfChanged } from "./asked.js";
import { varyingJson, varyingLine } from "./varying.js";

/**
 * Whether `tests` asks about sources: a folder of tests may be called so. Then what follows has to be sources of which it is known
 * what tests cover.
 */
export async function asksForTests(config: Config, [name, ...operands]: readonly string[]): Promise<boolean> {
  if (name !== "tests") return false;
  if (!existsSync(path.resolve(currentFolder(), "tests"))) return true;
  return operands.length > 0 && areKnownSources(config, operands);
}

/** Says what tests cover of sources, by default of all. Throws NO_COVERAGE. */
export async function testsOf(config: Config, operands: readonly string[], asJson: boolean): Promise<number> {
  const found = await sharesOfTests(config, operands);
  warnOfChanged(found, config);
  if (asJson) console.log(JSON.stringify(jsonOf(found, config), null, 2));
  else showPaged(`${textOf(found, config)}\n`);
  return 0;
}

type Found = Awaited<ReturnType<typeof sharesOfTests>>;
type Counts = ShareOfTest["alone"];
type KnownTest = ShareOfTest["test"];
type SourceIndex = ShareOfSource["source"];

const addsNothing = ({ alone }: ShareOfTest) => alone.statement + alone.function + alone.branch === 0;
const coversAny = ({ covered }: ShareOfTest) => covered.statement + covered.function + covered.branch > 0;

function textOf({ shares, bySource, suite, varying }: Found, config: Config): string {
  const covering = shares.filter(coversAny);
  const statements = bySource.reduce(
    (sum, { source }) => sum + source.sites.filter(({ kind }) => kind === "statement").length,
    0,
  );
  const [first] = bySource;
  const what =
    bySource.length === 1 && first !== undefined
      ? nameOf(first.source, config)
      : counted(bySource.length, "source");
  const head = `${what}: ${counted(statements, "statement")}, run by ${covering.length} of ${counted(suite.tests.length, "test")}`;
  const rows = covering.map(({ test, covered, alone }) => [
    String(covered.statement),
    aloneText(alone),
    placeOf(test),
    `${titleOf(test)}${luasOf(test.luas)}`,
  ]);
  return [
    head,
    ...(rows.length > 0 ? ["", ...table([["statements", "alone", "test", ""], ...rows])] : []),
    ...section(
      "Tests that add nothing:",
      covering.filter(addsNothing).map(({ test }) => `${placeOf(test)}  ${titleOf(test)}`.trimEnd()),
    ),
    ...section(
      "Tests that run nothing of it:",
      shares
        .filter((each) => !coversAny(each))
        .map(({ test }) => `${placeOf(test)}  ${titleOf(test)}`.trimEnd()),
    ),
    ...section(
      "Statements that only one test runs:",
      bySource.flatMap((each) => aloneLines(each, suite, config)),
    ),
    ...section(
      "Statements that only run outside of any test:",
      bySource.flatMap(({ source, outside }) =>
        outside.length === 0 ? [] : [`${nameOf(source, config)}: ${linesOf(source, outside)}`],
      ),
    ),
    ...section(
      "What tests do not cover in each run, or in each Lua:",
      varying.map((each) => varyingLine(each, config)),
    ),
  ].join("\n");
}

/** `3 and 2 ways`: statements, and what else there is. */
function aloneText({ statement, function: fn, branch }: Counts): string {
  if (statement === 0 && fn === 0 && branch === 0) return "-";
  const others = [
    ...(fn > 0 ? [counted(fn, "function")] : []),
    ...(branch > 0 ? [counted(branch, "way")] : []),
  ];
  return [String(statement), ...others].join(", ");
}

function section(title: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : ["", title, ...rows.map((row) => `  ${row}`)];
}

function aloneLines({ source, alone }: ShareOfSource, { tests }: TestsOfSuite, config: Config): string[] {
  const rows = [...alone].map(([owner, sites]) => ({ sites, test: tests[owner], first: sites[0] ?? 0 }));
  return rows
    .toSorted((a, b) => a.first - b.first)
    .flatMap(({ sites, test }) => {
      if (test === undefined) return [];
      const where = `${nameOf(source, config)}: ${linesOf(source, sites)}`;
      return [`${where}  ${placeOf(test)}  ${titleOf(test)}`.trimEnd()];
    });
}

/** The lines of statements. */
function linesOf({ sites }: SourceIndex, numbers: readonly number[]): string {
  return linesText(numbers.map((site) => sites[site]?.line ?? 0));
}

function jsonOf({ shares, bySource, suite: { tests }, varying }: Found, config: Config) {
  const { cwd } = config;
  const known = ({ file, line, names, luas, runs }: KnownTest) => ({ file, line, names, luas, runs });
  const lineNumbers = (source: SourceIndex, sites: readonly number[]) => [
    ...new Set(sites.map((site) => source.sites[site]?.line ?? 0)),
  ];
  const counts = ({ statement, function: fn, branch }: Counts) => ({
    statements: statement,
    functions: fn,
    branches: branch,
  });
  return {
    sources: bySource.map(({ source }) => path.relative(cwd, source.path)),
    tests: shares.map((share) => ({
      ...known(share.test),
      covers: counts(share.covered),
      alone: counts(share.alone),
      addsNothing: addsNothing(share),
    })),
    onlyOneTest: bySource.flatMap(({ source, alone }) =>
      [...alone].flatMap(([owner, sites]) => {
        const test = tests[owner];
        return test === undefined
          ? []
          : [
              {
                source: path.relative(cwd, source.path),
                lines: lineNumbers(source, sites),
                test: known(test),
              },
            ];
      }),
    ),
    onlyOutside: bySource.flatMap(({ source, outside }) =>
      outside.length === 0
        ? []
        : [{ source: path.relative(cwd, source.path), lines: lineNumbers(source, outside) }],
    ),
    varying: varying.map((each) => varyingJson(each, config)),
  };
}
