import path from "node:path";
import { usage } from "../../errors.js";
import { type Config, type TestsOfAsked, type TestsOfSuite, whoRuns } from "../../index.js";
import { counted } from "../../words.js";
import { showPaged } from "../stored/pager.js";
import { luasOf, nameOf, placeOf, table, titleOf, warnOfChanged } from "./asked.js";

/** Says which tests run a line, a function or a source. Throws USAGE and NO_COVERAGE. */
export async function who(config: Config, operands: readonly string[], asJson: boolean): Promise<number> {
  if (operands.length === 0)
    throw usage("who takes a line, a function or a source, as in: luacov-ts who src/parser.lua:42");
  const found = await whoRuns(config, operands);
  warnOfChanged(found, config);
  const { answers, suite } = found;
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

function textOf(
  { source, line, fn, tests, outside }: TestsOfAsked,
  suite: TestsOfSuite,
  config: Config,
): string {
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

function jsonOf({ source, line, fn, tests, outside }: TestsOfAsked, { cwd }: Config) {
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
