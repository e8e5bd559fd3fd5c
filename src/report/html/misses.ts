import type { BranchMapping, FunctionMapping, Range } from "istanbul-lib-coverage";
import { visible } from "../../files/visible.js";
import type { FileCoverageData } from "../../types.js";
import { createDead, type Dead } from "./dead.js";
import type { LuaText } from "./luaText.js";
import type { PageText } from "./pageText.js";

/** What never happened: where in the text, and in words. */
export interface Miss {
  readonly kind: "statement" | "function" | "branch" | "operand";
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/**
 * Everything in a map's file that never happened, in the order of the text. What lies within a statement that never ran,
 * or an operand that was never evaluated, is told by that one.
 */
export function findMisses(file: FileCoverageData, text: PageText, lua: LuaText): Miss[] {
  const reader = { file, text, lua };
  const statements = missedStatements(reader);
  const operands = Object.entries(file.branchMap).flatMap(([key, branch]) =>
    branch.type === "binary-expr" ? missedOperands(reader, key, branch) : [],
  );
  const unevaluated = operands.filter(({ isDead }) => isDead);
  const dead = createDead([...statements, ...unevaluated]);
  const whole = outermost([...statements, ...unevaluated]);
  const others = [
    ...operands.filter(({ isDead }) => !isDead),
    ...missedFunctions(reader, dead),
    ...missedBranches(reader, dead),
  ];
  return [...whole, ...others].sort(inOrder);
}

interface Reader {
  readonly file: FileCoverageData;
  readonly text: PageText;
  readonly lua: LuaText;
}

const inOrder = (a: Miss, b: Miss) => a.start - b.start || b.end - a.end;

/** Those that lie in no other one. */
function outermost<Each extends Miss>(misses: readonly Each[]): Each[] {
  let end = -1;
  return misses.toSorted(inOrder).filter((miss) => {
    if (miss.end <= end) return false;
    end = Math.max(end, miss.end);
    return true;
  });
}

function missedStatements({ file, text }: Reader): Miss[] {
  const missed = Object.entries(file.statementMap).filter(([key]) => file.s[key] === 0);
  return missed.map(([, range]) => ({ kind: "statement", ...placeOf(range, text), words: "never ran" }));
}

function missedFunctions({ file, text }: Reader, dead: Dead): Miss[] {
  const missed = Object.entries(file.fnMap).filter(([key]) => file.f[key] === 0);
  return missed.flatMap(([, fn]) => {
    const place = placeOf(declarationOf(fn), text);
    if (dead.has(place)) return [];
    return [{ kind: "function" as const, ...place, words: `${visible(fn.name)} was never called` }];
  });
}

/** Some tools give a function no declaration. */
function declarationOf({ decl, loc }: Partial<FunctionMapping> & { loc: Range }): Range {
  return decl ?? loc;
}

/** An operand that nothing tested has no count of its truth. */
function missedOperands({ file, text }: Reader, key: string, branch: BranchMapping) {
  const counts = file.b[key] ?? [];
  const truths = file.bT?.[key] ?? [];
  // Nothing is known of the order in which other languages' operands are evaluated, but that the first one is the first.
  if ((counts[0] ?? 0) === 0) return [];
  return branch.locations.flatMap((range, index) => {
    const place = placeOf(range, text);
    const evaluated = counts[index] ?? 0;
    const isDead = evaluated === 0;
    const words = isDead ? "was never evaluated" : neverOf(truths[index], evaluated);
    if (words === null) return [];
    return [{ kind: "operand" as const, ...place, isDead, words: `${quoted(place, text)} ${words}` }];
  });
}

function neverOf(truthy: number | undefined, evaluated: number): string | null {
  if (truthy === undefined) return null;
  if (truthy === 0) return "was never true";
  return truthy === evaluated ? "was never false" : null;
}

function missedBranches(reader: Reader, dead: Dead): Miss[] {
  const { file, text } = reader;
  return Object.entries(file.branchMap).flatMap(([key, branch]) => {
    const counts = file.b[key] ?? [];
    if (!counts.includes(0)) return [];
    if (counts.some((count) => count > 0))
      return branch.type === "binary-expr" ? [] : missedWays(reader, branch, counts);
    const place = decidingPlace(reader, branch);
    // What was not even reached.
    return dead.has(placeOf(branch.loc, text)) || dead.has(place)
      ? []
      : [{ kind: "branch" as const, ...place, words: unreached(reader, branch, counts, place) }];
  });
}

function unreached({ text }: Reader, branch: BranchMapping, counts: readonly number[], place: Place): string {
  if (branch.type === "loop") return "the loop was never reached";
  // Of a branch with one arm a comment ignores the other one.
  if (branch.type === "if" && counts.length === 1) return `one way of ${quoted(place, text)} was never taken`;
  return `${quoted(place, text)} was never evaluated`;
}

/** Of a branch that went some ways. */
function missedWays(reader: Reader, branch: BranchMapping, counts: readonly number[]): Miss[] {
  const { text } = reader;
  const condition = conditionOf(reader, branch);
  return counts.flatMap((count, index): Miss[] => {
    if (count > 0) return [];
    if (condition !== null) {
      const words = `${quoted(condition, text)} was never ${truthOf(condition.kind, index)}`;
      return [{ kind: "branch", start: condition.start, end: condition.end, words }];
    }
    const way = branch.locations[index];
    const place = branch.type === "if" || !isRange(way) ? decidingPlace(reader, branch) : placeOf(way, text);
    return [{ kind: "branch", ...place, words: wayWords(branch.type, index) }];
  });
}

/** A `repeat` goes its first way, back to its start, when its condition is false. */
function truthOf(kind: "if" | "while" | "repeat", index: number): boolean {
  return (index === 0) !== (kind === "repeat");
}

function wayWords(type: string, index: number): string {
  if (type === "loop")
    return index === 0 ? "the body of the loop was never entered" : "the loop never ran to its end";
  if (type === "if") return `the condition was never ${index === 0}`;
  return "this way was never taken";
}

function conditionOf({ lua, text }: Reader, { type, loc }: BranchMapping) {
  if (type !== "if" && type !== "loop") return null;
  return lua.conditions().get(text.at(loc.start)) ?? null;
}

/** Where the ways part: the condition, the head of a loop, the word with which a branch begins. */
function decidingPlace(reader: Reader, branch: BranchMapping): Place {
  const { text } = reader;
  const condition = conditionOf(reader, branch);
  if (condition !== null) return { start: condition.start, end: condition.end };
  const [, head] = branch.locations;
  if (branch.type === "loop" && isRange(head)) return placeOf(head, text);
  const place = placeOf(branch.loc, text);
  if (branch.type !== "if") return place;
  const word = /^\w*/.exec(text.text.slice(place.start, place.start + 10))?.[0] ?? "";
  return { start: place.start, end: Math.min(place.end, place.start + Math.max(1, word.length)) };
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** For an `else` that is not written, other tools give a range without places. */
function isRange(range: Partial<Range> | undefined): range is Range {
  return typeof range?.start?.line === "number" && typeof range.end?.line === "number";
}

function placeOf({ start, end }: Range, text: PageText): Place {
  const from = text.at(start);
  return { start: from, end: Math.max(from, text.at(end)) };
}

const longest = 60;

/** On one line, and not longer than fits beside the rest. */
function quoted({ start, end }: Place, { text }: PageText): string {
  const line = text.slice(start, end).replace(/\s+/g, " ").trim();
  if (line === "") return "this";
  return `"${line.length <= longest ? line : `${line.slice(0, longest - 1)}…`}"`;
}
