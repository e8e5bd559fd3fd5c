import { diffLines } from "diff";
import type { Formatter } from "picocolors/types.js";

/** How a message that compares two values begins each of them: luassert's way, and LuaUnit's. */
const forms = [
  /\nPassed in:\n(?<passed>[\s\S]*?)\nExpected:\n(?<expected>[\s\S]*)$/,
  /expected: \n?(?<expected>[\s\S]*?)\nactual: \n?(?<passed>[\s\S]*)$/,
] as const;

/** Values of fewer lines are compared by eye; of more than so many differences nobody would make sense. */
const fewLines = 4;
const manyDifferences = 1000;

export interface DiffColors {
  readonly red: Formatter;
  readonly green: Formatter;
  readonly dim: Formatter;
}

/** The lines in which the two long values of a message differ; null when it has none. */
export function differenceIn(message: string, colors: DiffColors): string | null {
  const values = valuesIn(message);
  if (values === null) return null;
  const expected = withoutAddresses(values.expected);
  const passed = withoutAddresses(values.passed);
  if (expected === passed || lineCount(expected) + lineCount(passed) < 2 * fewLines) return null;
  const changes = diffLines(`${expected}\n`, `${passed}\n`, { maxEditLength: manyDifferences });
  if (changes === undefined) return null;
  const lines = changes.flatMap(({ value, added, removed }) => {
    const [sign, paint] = added ? ["+", colors.green] : removed ? ["-", colors.red] : [" ", colors.dim];
    return value
      .trimEnd()
      .split("\n")
      .map((line) => paint(`${sign} ${line}`));
  });
  return [`${colors.red("- expected")}  ${colors.green("+ passed in")}`, ...lines].join("\n");
}

function valuesIn(message: string): { expected: string; passed: string } | null {
  for (const form of forms) {
    const { expected, passed } = form.exec(message)?.groups ?? {};
    if (expected !== undefined && passed !== undefined) return { expected, passed };
  }
  return null;
}

/** Where a table is in memory is another place each time. */
function withoutAddresses(text: string): string {
  return text.replace(/\b(table|function|thread|userdata): (?:0x)?[0-9a-f]+/g, "$1");
}

function lineCount(text: string): number {
  return text.split("\n").length;
}
