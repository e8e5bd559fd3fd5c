import { eachRun } from "../../hits/byTest/runs.js";
import type { Positions } from "../../source/positions.js";
import type { Span } from "../../source/tree.js";
import type { ByTest, CoverRow } from "../../types.js";

/** Which rows of what tests cover ran the statement around an offset. */
export type RowsAt = (offset: number) => readonly CoverRow[];

/** Those of a source, by its path. Positions are those of its text as it was measured. */
export function indexRows({ sources, rows }: ByTest, file: string, positions: Positions): RowsAt {
  const own = [...sources.entries()].filter(([, { path }]) => path === file);
  const indexes = own.map(([number, { sites }]) => ({
    spans: spansOf(sites.places, sites.statements, positions),
    rows: rowsByStatement(rows, number, sites.statements),
  }));
  return (offset) => [
    ...new Set(indexes.flatMap(({ spans, rows: found }) => found[innermost(spans, offset)] ?? [])),
  ];
}

function spansOf(places: readonly number[], statements: number, positions: Positions): Span[] {
  return Array.from({ length: statements }, (_, index) => {
    const [line = 1, column = 0, endLine = 1, endColumn = 0] = places.slice(index * 4, index * 4 + 4);
    return {
      start: positions.offset({ line, column }),
      end: positions.offset({ line: endLine, column: endColumn }),
    };
  });
}

/** For each statement of a source, the rows in which it ran. */
function rowsByStatement(rows: readonly CoverRow[], source: number, statements: number): CoverRow[][] {
  const found: CoverRow[][] = Array.from({ length: statements }, () => []);
  for (const row of rows) {
    const runs = row.covers.get(source);
    if (runs === undefined) continue;
    eachRun(runs, (start, size) => {
      for (let at = start; at < Math.min(start + size, statements); at++) found[at]?.push(row);
    });
  }
  return found;
}

/** The smallest span around an offset; -1 for none. */
function innermost(spans: readonly Span[], offset: number): number {
  let best = -1;
  let size = Number.POSITIVE_INFINITY;
  for (const [index, { start, end }] of spans.entries()) {
    if (start > offset || offset >= end || end - start >= size) continue;
    best = index;
    size = end - start;
  }
  return best;
}
