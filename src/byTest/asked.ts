import path from "node:path";
import { notAsked } from "../errors/byTest.js";
import { currentFolder } from "../files/files.js";
import type { Config } from "../types.js";
import type { SourceIndex } from "./sites.js";

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

/** The same. Throws NO_COVERAGE for a name that nobody knows. */
export function sourcesAsked(
  operand: string,
  config: Pick<Config, "cwd">,
  sources: ReadonlyMap<string, SourceIndex>,
): readonly SourceIndex[] {
  const found = sourcesFor(operand, config, sources);
  if (found.length === 0) throw notAsked(operand, namesOf(sources, config));
  return found;
}

export function namesOf(sources: ReadonlyMap<string, SourceIndex>, { cwd }: Pick<Config, "cwd">): string[] {
  return [...sources.keys()].map((file) => path.relative(cwd, file));
}
