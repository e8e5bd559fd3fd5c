import { type CodeOfFile, changedIn } from "../coverage/changed.js";
import { isFile, readContent } from "../files/files.js";
import { createPositions, type Positions } from "../source/positions.js";
import { forEachChild, parseNewest, type Syntax } from "../source/syntax.js";
import type { TokenSymbol } from "../source/tokens.js";
import type { Node } from "../source/tree.js";
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
    return [changedIn(data, linesAsShown(source, ranges), codeOf(source))];
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

/** Reads a source when something is asked about it; a text that is no Lua has no code. */
function codeOf(source: Uint8Array): CodeOfFile {
  let known: { readonly lines: ReadonlySet<number>; readonly heads: ReadonlyMap<string, number> } | null =
    null;
  const code = () => {
    known ??= readCode(source);
    return known;
  };
  return {
    hasLine: (line) => code().lines.has(line),
    endOfHead: ({ line, column }) => code().heads.get(`${line}:${column}`) ?? line,
  };
}

function readCode(source: Uint8Array) {
  const parsed = parseNewest(source);
  if (!parsed.ok) return { lines: new Set<number>(), heads: new Map<string, number>() };
  const positions = createPositions(source);
  return { lines: linesOfTokens(parsed.syntax, positions), heads: headsIn(parsed.syntax, positions) };
}

/** The last line of the condition of each clause and each `while`, by where these begin. */
function headsIn({ body }: Syntax, positions: Positions): Map<string, number> {
  const heads = new Map<string, number>();
  const visit = (node: Node): void => {
    if (node.type === "IfClause" || node.type === "WhileStatement") {
      const { line, column } = positions.at(node.start);
      heads.set(`${line}:${column}`, positions.at(node.condition.end).line);
    }
    forEachChild(node, visit);
  };
  for (const statement of body) visit(statement);
  return heads;
}

/** Lines that have a token which is more than the end of something. */
function linesOfTokens({ tokens }: Syntax, positions: Positions): Set<number> {
  const lines = new Set<number>();
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
