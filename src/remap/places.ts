/**
 * Places in a Lua file, in the words of its source. A compiler tells where each token begins that it has taken over, not where what it has
 * written ends: TypeScriptToLua says nothing of an `end`. So a range of Lua is of all that was taken over within.
 */

import type { Location, Range } from "istanbul-lib-coverage";
import { type SourceMap, traceMapping } from "./sourceMap.js";

/** A range in one of the sources. */
export interface OriginalRange {
  /** An absolute path. */
  readonly source: string;
  readonly range: Range;
}

/** Finds the ranges of a source that ranges of Lua were made of; null for what a compiler has added. */
export type FindOriginal = (range: Range) => OriginalRange | null;

/** A token that was taken over: its line, from 1, and column in the Lua file, and where it was in a source. */
interface Token {
  readonly at: Location;
  readonly source: number;
  readonly from: Location;
}

/** What stands between the end of an expression and the next token that was taken over. */
const between = /[\s&|!?:,;({[=+\-*/<>%^~.`$]+$/;

/** `linesOf` gives the lines of a source. */
export function findOriginals(
  { map, sources }: SourceMap,
  linesOf: (source: string) => readonly string[],
): FindOriginal {
  const tokens = tokensOf(map);
  const ends = endsOf(tokens);
  return (range) => {
    const within = tokens.slice(firstWithin(tokens, range.start), countBefore(tokens, range.end));
    const [first] = within;
    const source = first === undefined ? undefined : sources[first.source];
    if (first === undefined || source === undefined) return null;
    const own = within.filter((each) => each.source === first.source && !isBefore(each.from, first.from));
    const last = own.reduce((a, b) => (isBefore(a.from, b.from) ? b : a));
    const { line, column } = last.from;
    const begin = first.from.line === line ? first.from.column : 0;
    const text = (linesOf(source)[line - 1] ?? "").slice(begin, ends.get(keyOf(last)));
    const end = Math.max(begin + expressionIn(text).length, column + 1);
    return { source, range: { start: first.from, end: { line, column: end } } };
  };
}

/** Without what comes behind it: operators, and parentheses that it has not opened. */
function expressionIn(text: string): string {
  const shown = text.replace(between, "");
  const isOpen = shown.split("(").length >= shown.split(")").length;
  return isOpen || !shown.endsWith(")") ? shown : expressionIn(shown.slice(0, -1));
}

/** The token that a place is in, or the first one behind it: what is written in front of a token in its line belongs to it. */
function firstWithin(tokens: readonly Token[], start: Location): number {
  const following = countBefore(tokens, { line: start.line, column: start.column + 1 });
  return tokens[following - 1]?.at.line === start.line ? following - 1 : following;
}

/** How many tokens of a sorted list begin before a place. */
function countBefore(tokens: readonly Token[], place: Location): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const token = tokens[middle];
    if (token !== undefined && isBefore(token.at, place)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tokensOf(map: SourceMap["map"]): readonly Token[] {
  return traceMapping()
    .decodedMappings(map)
    .flatMap((segments, index) =>
      segments.flatMap((segment) =>
        segment.length === 1
          ? []
          : [
              {
                at: { line: index + 1, column: segment[0] },
                source: segment[1],
                from: { line: segment[2] + 1, column: segment[3] },
              },
            ],
      ),
    );
}

/** Where the next token begins that stands in the same line of its source. */
function endsOf(tokens: readonly Token[]): ReadonlyMap<string, number> {
  const sorted = tokens.toSorted((a, b) => a.source - b.source || compare(a.from, b.from));
  const ends = new Map<string, number>();
  for (const [index, each] of sorted.entries()) {
    const next = sorted.slice(index + 1).find(({ from }) => compare(from, each.from) !== 0);
    if (next?.source === each.source && next.from.line === each.from.line)
      ends.set(keyOf(each), next.from.column);
  }
  return ends;
}

const keyOf = ({ source, from }: Token) => `${source}:${from.line}:${from.column}`;

function compare(a: Location, b: Location): number {
  return a.line - b.line || a.column - b.column;
}

function isBefore(a: Location, b: Location): boolean {
  return compare(a, b) < 0;
}
