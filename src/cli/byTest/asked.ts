import path from "node:path";
import type { SourceIndex } from "../../byTest/sites.js";
import { colorsOf } from "../../colors.js";
import { currentFolder } from "../../files/files.js";
import { visible, visibleName } from "../../files/visible.js";
import type { Config } from "../../index.js";
import { digestOf } from "../../store/origin.js";
import { counted, listed } from "../../words.js";

/** The sources of a path: exactly, in a folder, or all that have the end of it in common. */
export function sourcesFor(
  operand: string,
  { cwd }: Pick<Config, "cwd">,
  sources: ReadonlyMap<string, SourceIndex>,
): readonly SourceIndex[] {
  const paths = [path.resolve(currentFolder(), operand), path.resolve(cwd, operand)];
  const exact = paths.flatMap((file) => sources.get(file) ?? [])[0];
  if (exact !== undefined) return [exact];
  const all = [...sources.values()];
  const within = all.filter((each) => paths.some((folder) => each.path.startsWith(`${folder}${path.sep}`)));
  if (within.length > 0) return within;
  const end = `${path.sep}${path.normalize(operand)}`;
  return all.filter((each) => each.path.endsWith(end));
}

/** A source as a person in the project names it. */
export function nameOf({ path: file }: SourceIndex, { cwd }: Pick<Config, "cwd">): string {
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
export function warnOfChanged(sources: readonly SourceIndex[], config: Pick<Config, "cwd">): void {
  const changed = sources.filter(({ path: file, digests }) => {
    const now = digestOf(file);
    return digests.length > 1 || (now !== null && !digests.includes(now));
  });
  if (changed.length === 0) return;
  const names = changed.slice(0, 3).map((each) => nameOf(each, config));
  const more = changed.length > 3 ? [counted(changed.length - 3, "other")] : [];
  const verb = changed.length === 1 ? "has" : "have";
  const text = `${listed([...names, ...more])} ${verb} changed since the tests ran, so lines may be others: run them again with --by-test`;
  console.error(colorsOf(process.stderr).yellow(text));
}
