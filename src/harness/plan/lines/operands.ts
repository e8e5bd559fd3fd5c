import path from "node:path";
import { isFile, realPath } from "../../../files/files.js";

/** By absolute and real path of a test file, the lines at whose tests somebody has asked for. */
export type TestLines = ReadonlyMap<string, readonly number[]>;

/** `spec/a_spec.lua:42` is a file and a line, where no file has that name as a whole. */
export function withoutLines(
  patterns: readonly string[],
  cwd: string,
): { readonly files: readonly string[]; readonly lines: TestLines } {
  const lines = new Map<string, number[]>();
  const whole = new Set<string>();
  const files = patterns.map((pattern) => {
    const found = lineOperand(pattern, cwd);
    const place = path.resolve(cwd, found?.file ?? pattern);
    if (!isFile(place)) return pattern;
    const real = realPath(place);
    if (found === null) whole.add(real);
    else lines.set(real, [...(lines.get(real) ?? []), found.line]);
    return found?.file ?? pattern;
  });
  // Who names the file itself, too, means all of it.
  for (const file of whole) lines.delete(file);
  return { files, lines };
}

function lineOperand(pattern: string, cwd: string): { readonly file: string; readonly line: number } | null {
  const [, file, line] = /^(.+):(\d{1,9})$/.exec(pattern) ?? [];
  if (file === undefined || isFile(path.resolve(cwd, pattern)) || !isFile(path.resolve(cwd, file)))
    return null;
  return { file, line: Number(line) };
}
