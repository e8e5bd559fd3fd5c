import { declarationSpan, type NamedFunction } from "../source/functions.js";
import type { Positions } from "../source/positions.js";
import type { Chunk, ChunkHits, Proto } from "../types.js";
import { reachable } from "./bytecode/reachable.js";
import type { FunctionSite, Sites, StatementSite } from "./sites.js";

/**
 * What could run according to line information alone: one statement for each active line, as
 * `debug.getinfo(f, "L")` gives them for every function, less the lines that no path reaches. Functions are
 * those of the source where it could be parsed (`declarations`), else those of the chunk.
 */
export function lineSites(
  chunk: Chunk,
  declarations: readonly NamedFunction[] | null,
  positions: Positions,
  hits: ChunkHits | undefined,
): Sites {
  const active = new Set<number>();
  for (const proto of chunk.protos) for (const line of activeLines(proto)) active.add(line);
  const lines = [...active].sort((a, b) => a - b);
  return {
    statements: lines.flatMap((line) => lineStatement(line, hits?.lines[line] ?? 0, positions)),
    functions: chunk.protos.slice(1).map((proto, index) => {
      const calls = hits?.calls[index + 1] ?? 0;
      const name = `(anonymous_${index + 1})`;
      const declaration = declarations?.[index];
      if (declaration === undefined) return { ...chunkFunction(proto, positions), name, calls };
      const span = declaration.node;
      return { name: declaration.name ?? name, declaration: declarationSpan(declaration), span, calls };
    }),
    branches: [],
  };
}

/** The last instruction of a main chunk returns to nobody's code; it has the line where the file ends. */
function activeLines(proto: Proto): Int32Array {
  const reached = reachable(proto);
  const end = proto.lineDefined === 0 ? -1 : proto.lines.length;
  return proto.lines.slice(0, end).filter((_, pc) => reached[pc]);
}

/** The statement that stands for a line; none where nothing is on it. */
export function lineStatement(line: number, hits: number, positions: Positions): StatementSite[] {
  const span = positions.lineText(line);
  return span === null ? [] : [{ span, hits }];
}

/** All that a chunk knows of a function's place are its first and last line. */
function chunkFunction(proto: Proto, positions: Positions): Pick<FunctionSite, "declaration" | "span"> {
  const first = positions.lineText(proto.lineDefined) ?? { start: 0, end: 1 };
  const last = positions.lineText(proto.lastLineDefined) ?? first;
  return { declaration: first, span: { start: first.start, end: last.end } };
}
