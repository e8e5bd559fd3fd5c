import { createRequire } from "node:module";
import type { StructuredPatchHunk } from "diff";
import type { Formatter } from "picocolors/types.js";
import { counted } from "../../../words.js";

const require = createRequire(import.meta.url);

/** How a message that compares two values begins each of them: luassert's way, and LuaUnit's. */
const forms = [
  /\nPassed in:\n(?<passed>[\s\S]*?)\nExpected:\n(?<expected>[\s\S]*)$/,
  /expected: \n?(?<expected>[\s\S]*?)\nactual: \n?(?<passed>[\s\S]*)$/,
] as const;

/** Values of fewer lines are compared by eye; of more than so many differences nobody would make sense. */
const fewLines = 4;
const manyDifferences = 1000;

/** So many equal lines are shown on either side of a difference. */
const around = 3;

const limits = { context: around, maxEditLength: manyDifferences } as const;

export interface DiffColors {
  readonly red: Formatter;
  readonly green: Formatter;
  readonly dim: Formatter;
}

/** The lines in which the two long values of a message differ, and those around them; null when it has none. */
export function differenceIn(message: string, colors: DiffColors): string | null {
  const values = valuesIn(message);
  if (values === null) return null;
  const expected = withoutAddresses(values.expected);
  const passed = withoutAddresses(values.passed);
  if (expected === passed || lineCount(expected) + lineCount(passed) < 2 * fewLines) return null;
  // It has twenty modules, which a run without such a message does without.
  const { structuredPatch }: typeof import("diff") = require("diff");
  const patch = structuredPatch("", "", `${expected}\n`, `${passed}\n`, "", "", limits);
  if (patch === undefined) return null;
  const lines = patch.hunks.flatMap((hunk, index) => {
    const next = patch.hunks[index + 1]?.oldStart ?? lineCount(expected) + 1;
    return [
      ...(index === 0 ? leftOut(hunk.oldStart - 1, colors) : []),
      ...hunkLines(hunk, colors),
      ...leftOut(next - hunk.oldStart - hunk.oldLines, colors),
    ];
  });
  return [`${colors.red("- expected")}  ${colors.green("+ passed in")}`, ...lines].join("\n");
}

function hunkLines({ lines }: StructuredPatchHunk, colors: DiffColors): string[] {
  return lines.map((line) => {
    const paint = line.startsWith("+") ? colors.green : line.startsWith("-") ? colors.red : colors.dim;
    return paint(`${line.slice(0, 1)} ${line.slice(1)}`);
  });
}

function leftOut(count: number, colors: DiffColors): string[] {
  return count === 0 ? [] : [colors.dim(`  ... ${counted(count, "equal line")}`)];
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
