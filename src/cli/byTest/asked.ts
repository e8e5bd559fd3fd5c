import path from "node:path";
import { colorsOf } from "../../colors.js";
import { visible, visibleName } from "../../files/visible.js";
import type { Asking, Config } from "../../index.js";
import { counted, listed } from "../../words.js";

/** A source as a person in the project names it. */
export function nameOf({ path: file }: { readonly path: string }, { cwd }: Pick<Config, "cwd">): string {
  return visibleName(path.relative(cwd, file));
}

interface Named {
  readonly file: string;
  readonly line: number | null;
  readonly names: readonly string[];
}

export const placeOf = ({ file, line }: Named) => visibleName(line === null ? file : `${file}:${line}`);

/** A script has no name but that of its file. */
export const titleOf = ({ names }: Named) => visible(names.join(" "));

/** In which Luas it ran, where somebody has said. */
export function luasOf(luas: readonly (string | null)[]): string {
  const named = luas.flatMap((lua) => lua ?? []);
  if (named.length === 0) return "";
  return ` (${listed(luas.map((lua) => visible(lua ?? "fengari")))})`;
}

/** Lines of columns, of which all but the last are filled up. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `  ${cells.join("  ")}`.trimEnd();
  });
}

/** Says of which sources the answer is of another text. */
export function warnOfChanged({ changed }: Asking, config: Pick<Config, "cwd">): void {
  if (changed.length === 0) return;
  const names = changed.slice(0, 3).map((each) => nameOf(each, config));
  const more = changed.length > 3 ? [counted(changed.length - 3, "other")] : [];
  const verb = changed.length === 1 ? "has" : "have";
  const text = `${listed([...names, ...more])} ${verb} changed since the tests ran, so lines may be others: run them again with --by-test`;
  console.error(colorsOf(process.stderr).yellow(text));
}
