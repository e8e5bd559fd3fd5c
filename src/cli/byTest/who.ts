import path from "node:path";
import {
  eachCount,
  functionsNamed,
  type KnownTest,
  type Suite,
  sitesAt,
  suiteOf,
  timesOf,
} from "../../byTest/query.js";
import { indexSources, type SourceIndex } from "../../byTest/sites.js";
import { notAsked, notThere } from "../../errors/byTest.js";
import { usage } from "../../errors.js";
import type { Config } from "../../index.js";
import { readByTest } from "../../store/byTestFile.js";
import type { CoverRow } from "../../types.js";
import { counted } from "../../words.js";
import { showPaged } from "../stored/pager.js";
import { luasOf, nameOf, placeOf, sourcesFor, table, titleOf, warnOfChanged } from "./asked.js";

/** What somebody asks about: some sites of a source, and how it is called. */
interface Asked {
  readonly source: SourceIndex;
  readonly sites: readonly number[];
  readonly line: number | null;
  readonly fn: string | null;
}

/** Says which tests run a line, a function or a source. Throws USAGE and NO_COVERAGE. */
export function who(config: Config, operands: readonly string[], asJson: boolean): number {
  if (operands.length === 0)
    throw usage("who takes a line, a function or a source, as in: luacov-ts who src/parser.lua:42");
  const byTest = readByTest(config);
  const sources = indexSources(byTest);
  const suite = suiteOf(byTest);
  const asked = operands.flatMap((operand) => askedBy(operand, config, sources));
  warnOfChanged([...new Set(asked.map(({ source }) => source))], config);
  const answers = asked.map((each) => answerTo(each, suite));
  if (asJson)
    console.log(
      JSON.stringify(
        answers.map((each) => jsonOf(each, config)),
        null,
        2,
      ),
    );
  else showPaged(`${answers.map((each) => textOf(each, suite, config)).join("\n\n")}\n`);
  return 0;
}

/** `FILE:LINE`, `FILE:FUNCTION`, `FILE`, or `FUNCTION`, which may have colons. */
function askedBy(
  operand: string,
  config: Config,
  sources: ReadonlyMap<string, SourceIndex>,
): readonly Asked[] {
  const [, file = operand, line] = /^(.+):(\d+)$/.exec(operand) ?? [];
  if (line !== undefined)
    return sourcesAsked(file, config, sources).map((source) => atLine(source, Number(line), config));
  const whole = sourcesFor(operand, config, sources);
  if (whole.length > 0)
    return whole.map((source) => ({ source, sites: statementsOf(source), line: null, fn: null }));
  for (let colon = operand.lastIndexOf(":"); colon > 0; colon = operand.lastIndexOf(":", colon - 1)) {
    const own = sourcesFor(operand.slice(0, colon), config, sources);
    const found = functionsIn(own, operand.slice(colon + 1));
    if (found.length > 0) return found;
    if (own.length > 0) throw notThere(`function ${operand.slice(colon + 1)}`, operand.slice(0, colon));
  }
  const found = functionsIn([...sources.values()], operand);
  if (found.length === 0)
    throw notAsked(
      operand,
      [...sources.keys()].map((each) => path.relative(config.cwd, each)),
    );
  return found;
}

function sourcesAsked(file: string, config: Config, sources: ReadonlyMap<string, SourceIndex>) {
  const found = sourcesFor(file, config, sources);
  if (found.length === 0)
    throw notAsked(
      file,
      [...sources.keys()].map((each) => path.relative(config.cwd, each)),
    );
  return found;
}

function atLine(source: SourceIndex, line: number, config: Config): Asked {
  const sites = sitesAt(source, line);
  if (sites.length === 0) throw notThere(`statement on line ${line}`, nameOf(source, config));
  return { source, sites, line, fn: null };
}

function functionsIn(sources: readonly SourceIndex[], name: string): readonly Asked[] {
  return sources.flatMap((source) =>
    functionsNamed(source, name).map((site) => {
      const { line = null, name: fn = name } = source.sites[site] ?? {};
      return { source, sites: [site], line, fn };
    }),
  );
}

function statementsOf({ sites }: SourceIndex): number[] {
  return [...sites.entries()].filter(([, { kind }]) => kind === "statement").map(([site]) => site);
}

interface Answer extends Asked {
  readonly tests: readonly { readonly test: KnownTest; readonly times: number; readonly own: boolean }[];
  readonly outside: number;
}

function answerTo(asked: Asked, { tests, outside }: Suite): Answer {
  const { source, sites } = asked;
  const times = (rows: readonly CoverRow[]) => timesOf(rows, source, sites);
  const found = tests.flatMap((test) => {
    const all = times([...test.rows, ...test.blocks]);
    return all === 0 ? [] : [{ test, times: all, own: ranAny(test.rows, asked) }];
  });
  return { ...asked, tests: found, outside: times(outside) };
}

function ranAny(rows: readonly CoverRow[], { source, sites }: Asked): boolean {
  const wanted = new Set(sites);
  let found = false;
  for (const row of rows) eachCount(row, source, (site) => (found ||= wanted.has(site)));
  return found;
}

function textOf({ source, line, fn, tests, outside }: Answer, suite: Suite, config: Config): string {
  const where = line === null ? nameOf(source, config) : `${nameOf(source, config)}:${line}`;
  const head = `${where}${fn === null ? "" : ` ${fn}`}: ${tests.length} of ${counted(suite.tests.length, "test")}`;
  const rows = tests.map(({ test, times, own }) => [
    `${times}x`,
    placeOf(test),
    `${titleOf(test)}${luasOf(test.luas)}${own ? "" : " (in a setup or teardown of its block)"}`,
  ]);
  const rest = outside > 0 ? [[`${outside}x`, "outside of any test", ""]] : [];
  const all = [...rows, ...rest];
  return [head, ...(all.length > 0 ? ["", ...table(all)] : [])].join("\n");
}

function jsonOf({ source, line, fn, tests, outside }: Answer, { cwd }: Config) {
  return {
    source: path.relative(cwd, source.path),
    line,
    function: fn,
    tests: tests.map(({ test, times, own }) => ({
      file: test.file,
      line: test.line,
      names: test.names,
      luas: test.luas,
      runs: test.runs,
      times,
      within: own ? "test" : "block",
    })),
    outside,
  };
}
