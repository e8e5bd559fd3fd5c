import path from "node:path";
import { compileGlob, isGlob } from "../../discover/globs.js";
import { noSuchSource } from "../../errors/mutation.js";
import { currentFolder, isFile, realPath } from "../../files/files.js";
import type { LineRange } from "../../types.js";

/** A source of which there are to be mutants, and on which of its lines; null for all. */
export interface ChosenSource {
  readonly file: string;
  readonly lines: readonly LineRange[] | null;
}

/** The sources that operands name, each with lines or not (`src/a.lua:12`, `src/a.lua:12-20`); all for none. Throws USAGE for what names none. */
export function chooseSources(
  sources: readonly string[],
  operands: readonly string[],
  root: string,
): ChosenSource[] {
  if (operands.length === 0) return sources.map((file) => ({ file, lines: null }));
  const chosen = new Map<string, LineRange[] | null>();
  for (const operand of operands) {
    const { name, lines } = withLines(operand);
    const found = sourcesOf(name, sources, root);
    if (found.length === 0)
      throw noSuchSource(
        operand,
        sources.map((file) => path.relative(root, file)),
      );
    for (const file of found) {
      const known = chosen.get(file);
      chosen.set(file, lines === null || known === null ? null : [...(known ?? []), lines]);
    }
  }
  return sources.flatMap((file) => {
    const lines = chosen.get(file);
    return lines === undefined ? [] : [{ file, lines }];
  });
}

function withLines(operand: string): { readonly name: string; readonly lines: LineRange | null } {
  const [, name, first, last] = /^(.+):(\d{1,9})(?:-(\d{1,9}))?$/.exec(operand) ?? [];
  if (name === undefined || isFile(path.resolve(currentFolder(), operand)))
    return { name: operand, lines: null };
  return { name, lines: { first: Number(first), last: Number(last ?? first) } };
}

function sourcesOf(name: string, sources: readonly string[], root: string): string[] {
  const places = [path.resolve(currentFolder(), name), path.resolve(root, name)].map(realIfThere);
  const named = sources.filter((file) => places.some((place) => file === place || isIn(file, place)));
  if (named.length > 0 || !isGlob(name)) return named;
  const glob = compileGlob(name.split(path.sep).join("/"));
  return sources.filter((file) =>
    [currentFolder(), root].some((folder) =>
      glob.matches(path.relative(folder, file).split(path.sep).join("/")),
    ),
  );
}

function realIfThere(place: string): string {
  try {
    return realPath(place);
  } catch {
    return place;
  }
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);
}
