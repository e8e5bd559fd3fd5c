import path from "node:path";
import { colorsOf } from "../../colors.js";
import { noCoverageOfFile, notReadable, usage } from "../../errors.js";
import { currentFolder, isFile, readContent } from "../../files/files.js";
import { visibleName } from "../../files/visible.js";
import {
  annotatedSource,
  type Config,
  type CoverageMapData,
  type FileCoverageData,
  type Profile,
} from "../../index.js";
import { showPaged } from "./pager.js";

/** Prints sources with what is covered of each line, on a terminal by pages. Throws USAGE and NO_COVERAGE. */
export function annotateFiles(
  config: Config,
  operands: readonly string[],
  coverage: CoverageMapData,
  profile: Profile | null,
): number {
  if (operands.length === 0) throw usage("annotate takes sources, as in: luacov-ts annotate src/parser.lua");
  const colors = colorsOf(process.stdout);
  const files = operands.flatMap((operand) => filesOf(operand, config, coverage));
  const texts = [...new Set(files)].map((file) => {
    if (!isFile(file.path)) throw notReadable(file.path);
    const name = visibleName(path.relative(config.cwd, file.path));
    return annotatedSource(file, readContent(file.path), name, colors, profile).join("\n");
  });
  showPaged(`${texts.join("\n\n")}\n`);
  return 0;
}

/** A source by its path, or all that have the end of a path in common: `parser.lua` is `src/parser.lua`. */
function filesOf(operand: string, { cwd, tempDir }: Config, coverage: CoverageMapData): FileCoverageData[] {
  const paths = [path.resolve(currentFolder(), operand), path.resolve(cwd, operand)];
  const exact = paths.flatMap((file) => coverage[file] ?? [])[0];
  if (exact !== undefined) return [exact];
  const end = `${path.sep}${path.normalize(operand)}`;
  const found = Object.values(coverage).filter((file) => file.path.endsWith(end));
  if (found.length > 0) return found;
  const known = Object.keys(coverage).map((file) => path.relative(cwd, file));
  throw noCoverageOfFile(operand, tempDir, known);
}
