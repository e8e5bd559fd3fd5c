import { changedIn } from "../coverage/changed.js";
import { isFile, readContent } from "../files/files.js";
import { createPositions } from "../source/positions.js";
import { parseNewest } from "../source/syntax.js";
import type { TokenSymbol } from "../source/tokens.js";
import type { Change, ChangeCoverage, CoverageMapData, LineRange } from "../types.js";

/** What of a change a coverage map covers. `isMeasured` says of a file whether it would be in the map if it was loaded. */
export function coverChange(
  change: Change,
  coverage: CoverageMapData,
  isMeasured: (file: string) => boolean,
): ChangeCoverage {
  const files = [...change.files].flatMap(([file, ranges]) => {
    const data = coverage[file];
    if (data === undefined) return [];
    const source = isFile(file) ? readContent(file) : Buffer.alloc(0);
    return [changedIn(data, linesAsShown(source, ranges), codeLines(source))];
  });
  const unknown = [...change.files.keys()].filter((file) => coverage[file] === undefined && isMeasured(file));
  return {
    since: change.since,
    files: files
      .filter(({ lines, branches }) => lines.length > 0 || branches.length > 0)
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    unknown: unknown.sort(),
  };
}

/** Whether a line has a token that is more than the end of something; a text that is no Lua has none. */
function codeLines(source: Uint8Array): (line: number) => boolean {
  let lines: Set<number> | null = null;
  return (line) => {
    lines ??= linesOfTokens(source);
    return lines.has(line);
  };
}

function linesOfTokens(source: Uint8Array): Set<number> {
  const parsed = parseNewest(source);
  const positions = createPositions(source);
  const lines = new Set<number>();
  if (!parsed.ok) return lines;
  const { tokens } = parsed.syntax;
  for (let index = 0; index < tokens.length; index++) {
    if (ends.has(tokens.symbol(index))) continue;
    const { start, end } = positions.range({ start: tokens.start(index), end: tokens.end(index) });
    for (let line = start.line; line <= end.line; line++) lines.add(line);
  }
  return lines;
}

const ends: ReadonlySet<TokenSymbol | undefined> = new Set([")", "}", "]", ";", ",", "end"] as const);

/** Git's lines end with a line feed, those of a coverage map also with a lone carriage return. */
function linesAsShown(source: Buffer, ranges: readonly LineRange[]): readonly LineRange[] {
  if (!/\r(?!\n)/.test(source.toString("latin1"))) return ranges;
  const ends = source.toString("latin1").split("\n");
  let shown = 1;
  const first = ends.map((line) => {
    const own = shown;
    shown += 1 + (line.match(/\r(?!$)/g) ?? []).length;
    return own;
  });
  return ranges.map((range) => ({
    first: first[range.first - 1] ?? shown,
    last: (first[range.last] ?? Number.MAX_SAFE_INTEGER) - 1,
  }));
}
