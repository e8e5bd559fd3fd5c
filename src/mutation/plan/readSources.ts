import path from "node:path";
import { readContent } from "../../files/files.js";
import { createPositions, type Positions } from "../../source/positions.js";
import { parseNewest } from "../../source/syntax.js";
import type { Config, LineRange, Mutant, Notice } from "../../types.js";
import { mutantsOf } from "../find/mutants.js";
import { silencedIn } from "../find/silenced.js";
import type { ChosenSource } from "./sources.js";

/** A source with its mutants. */
export interface ReadSource {
  /** From the project root on, with "/". */
  readonly name: string;
  readonly file: string;
  readonly source: Uint8Array;
  readonly positions: Positions;
  readonly mutants: readonly Mutant[];
  /** Why one is not tried; null where it is. */
  reasonFor(mutant: Mutant): string | null;
  readonly notices: readonly Notice[];
}

/** Reads a source from a folder that has what the project root has. What no Lua reads has no mutants, which is told. */
export function readSource(
  { file, lines }: ChosenSource,
  { cwd, mutators }: Pick<Config, "cwd" | "mutators">,
  folder: string,
): ReadSource {
  const own = path.relative(cwd, file);
  const source = readContent(path.join(folder, own));
  const name = own.split(path.sep).join("/");
  const positions = createPositions(source);
  const parsed = parseNewest(source);
  if (!parsed.ok) {
    const message = `${own}:${parsed.line}: ${parsed.message}: the file has no mutants, as no Lua reads it`;
    const notices: Notice[] = [{ level: "warning", file, message }];
    return { name, file, source, positions, mutants: [], reasonFor: () => null, notices };
  }
  const silenced = silencedIn(parsed.syntax, positions);
  const wanted = mutators.length === 0 ? undefined : mutators;
  const mutants = mutantsOf(source, parsed.syntax, wanted).filter((mutant) => isOnLines(mutant, lines));
  const notices = silenced.mistakes.map(({ line, message }): Notice => {
    return { level: "warning", file, message: `${own}:${line}: ${message}` };
  });
  return { name, file, source, positions, mutants, reasonFor: silenced.reasonFor, notices };
}

function isOnLines({ place }: Mutant, lines: readonly LineRange[] | null): boolean {
  if (lines === null) return true;
  return lines.some(({ first, last }) => first <= place.start.line && place.start.line <= last);
}
