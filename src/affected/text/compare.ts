import { newestFirst } from "../../source/dialect.js";
import { findDirectives } from "../../source/directives.js";
import { findFunctions } from "../../source/functions.js";
import { createPositions } from "../../source/positions.js";
import { parse, type Syntax } from "../../source/syntax.js";
import { type FunctionPart, functionAt, functionTree } from "./functionTree.js";

/** A function that is another one now; `line` is the first in the text as it is now that says so. */
export interface ChangedFunction {
  readonly was: FunctionPart;
  readonly is: FunctionPart;
  readonly line: number;
}

/** How a text differs from what it was, function by function. */
export interface TextChange {
  readonly was: FunctionPart;
  readonly is: FunctionPart;
  readonly changed: readonly ChangedFunction[];
  /** Functions with the same tokens before and after, all of whose outer ones have them, too. */
  readonly same: ReadonlyMap<FunctionPart, FunctionPart>;
  /** Those of these, as they were, of which something stands on another line. */
  readonly shifted: readonly FunctionPart[];
}

/**
 * Compares two texts. Null where they differ as a whole: one is no Lua to a version that reads the other, comments that speak to this
 * tool are others, or a function has come near to what a compiler can hold, so that nobody knows whether the rest still compiles.
 */
export function compareTexts(before: Uint8Array, after: Uint8Array): TextChange | null {
  const both = parseBoth(before, after);
  if (both === null) return null;
  const [old, now] = both;
  const [was, is] = [functionTree(old), functionTree(now)];
  if (directivesOf(old, was) !== directivesOf(now, is)) return null;
  const lineBefore = lineFinder(before);
  const lineAfter = lineFinder(after);
  const comparison = {
    changed: [] as ChangedFunction[],
    same: new Map<FunctionPart, FunctionPart>(),
    shifted: [] as FunctionPart[],
  };
  const compare = (a: FunctionPart, b: FunctionPart): void => {
    const at = firstDifference(a.texts, b.texts);
    if (at !== null) {
      comparison.changed.push({ was: a, is: b, line: lineAfter(b.offsets[at] ?? b.offsets.at(-1) ?? 0) });
      return;
    }
    comparison.same.set(a, b);
    if (a.offsets.some((offset, index) => lineBefore(offset) !== lineAfter(b.offsets[index] ?? 0)))
      comparison.shifted.push(a);
    for (const [index, inner] of a.inner.entries()) {
      const other = b.inner[index];
      if (other !== undefined) compare(inner, other);
    }
  };
  compare(was, is);
  return comparison.changed.some(({ is: each }) => isNearLimits(each)) || hasManyNames(now)
    ? null
    : { was, is, ...comparison };
}

/** By the newest version that reads both; null where one reads the old text alone. */
function parseBoth(before: Uint8Array, after: Uint8Array): readonly [Syntax, Syntax] | null {
  let found: readonly [Syntax, Syntax] | null = null;
  for (const version of newestFirst) {
    const old = parse(before, version);
    if (!old.ok) continue;
    const now = parse(after, version);
    if (!now.ok) return null;
    found ??= [old.syntax, now.syntax];
  }
  return found;
}

/** Each with the function around it, and behind how many tokens of that it stands. */
function directivesOf(syntax: Syntax, main: FunctionPart): string {
  const directives = findDirectives(syntax).map(({ comment }) => {
    const part = functionAt(main, comment.start);
    const behind = part.offsets.filter((offset) => offset < comment.start).length;
    return [pathTo(part), behind, syntax.text(comment)];
  });
  return JSON.stringify(directives);
}

/** Which function it is of those around it, from the outermost on. */
function pathTo(part: FunctionPart): number[] {
  return part.outer === null ? [] : [...pathTo(part.outer), part.outer.inner.indexOf(part)];
}

/** So many tokens may take all registers of a function, or more than its jumps can pass over. */
const manyTokens = 500;

function isNearLimits({ texts, outer }: FunctionPart): boolean {
  return outer !== null && texts.length > manyTokens;
}

/** Of locals a function may have 200, of upvalues 60 in Lua 5.1 and LuaJIT. */
function hasManyNames(syntax: Syntax): boolean {
  const needs = [syntax.needs, ...findFunctions(syntax).map(({ node }) => node.needs)];
  return needs.some(({ locals, upvalues }) => locals > 190 || (upvalues > 50 && upvalues <= 60));
}

function firstDifference(a: readonly string[], b: readonly string[]): number | null {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index;
  return null;
}

function lineFinder(text: Uint8Array): (offset: number) => number {
  const positions = createPositions(text);
  return (offset) => positions.at(offset).line;
}
