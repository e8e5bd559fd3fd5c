import type { BranchMapping } from "istanbul-lib-coverage";
import type { Dead } from "./dead.js";
import type { Condition } from "./luaText.js";
import { isRange, type Miss, type Place, placeOf, quoted, type Reader } from "./miss.js";

/** The operands of `and` and `or` that were never true, false or evaluated, where the first one was evaluated. */
export function missedOperands({ file, text }: Reader): Miss[] {
  const chains = Object.entries(file.branchMap).filter(([, { type }]) => type === "binary-expr");
  return chains.flatMap(([key, branch]) => {
    const counts = file.b[key] ?? [];
    if ((counts[0] ?? 0) === 0) return [];
    return branch.locations.flatMap((range, index): Miss[] => {
      const evaluated = counts[index] ?? 0;
      const never = neverOf(evaluated, file.bT?.[key]?.[index]);
      if (never === null) return [];
      const place = placeOf(range, text);
      const words = `${quoted(place, text) ?? "an operand"} was never ${never}`;
      return [{ kind: "operand", ...place, line: range.start.line, words, isDead: evaluated === 0 }];
    });
  });
}

/** An operand that nothing tested has no count of its truth. */
function neverOf(evaluated: number, truthy: number | undefined): string | null {
  if (evaluated === 0) return "evaluated";
  if (truthy === 0) return "true";
  return truthy === evaluated ? "false" : null;
}

/** The ways that were never taken, of branches that went others. */
export function missedWays(reader: Reader): Miss[] {
  return withMisses(reader).flatMap(([branch, counts]) =>
    counts.every((count) => count === 0) ? [] : waysOf(reader, branch, counts),
  );
}

/** The branches that were not even reached, unless something around them is dead. */
export function unreachedBranches(reader: Reader, dead: Dead): Miss[] {
  return withMisses(reader).flatMap(([branch, counts]) => {
    if (counts.some((count) => count > 0)) return [];
    const place = decidingPlace(reader, branch);
    if (dead.has(placeOf(branch.loc, reader.text)) || dead.has(place)) return [];
    return [branchMiss(branch, place, unreached(reader, branch, counts, place))];
  });
}

function withMisses({ file }: Reader): (readonly [branch: BranchMapping, counts: readonly number[]])[] {
  const all = Object.entries(file.branchMap).map(([key, branch]) => [branch, file.b[key] ?? []] as const);
  return all.filter(([, counts]) => counts.includes(0));
}

function branchMiss({ loc }: BranchMapping, { start, end }: Place, words: string): Miss {
  return { kind: "branch", start, end, line: loc.start.line, words, isDead: false };
}

function unreached({ text }: Reader, branch: BranchMapping, counts: readonly number[], place: Place): string {
  if (branch.type === "loop") return "the loop was never reached";
  const subject = quoted(place, text) ?? "the condition";
  // Of a branch with one arm a comment ignores the other one.
  if (branch.type === "if" && counts.length === 1) return `one way of ${subject} was never taken`;
  return `${subject} was never evaluated`;
}

/** The operands of a chain are told of one by one. */
function waysOf(reader: Reader, branch: BranchMapping, counts: readonly number[]): Miss[] {
  if (branch.type === "binary-expr") return [];
  const condition = conditionOf(reader, branch);
  return counts.flatMap((count, index) => {
    if (count > 0) return [];
    if (condition === null)
      return [branchMiss(branch, wayPlace(reader, branch, index), wayWords(branch.type, index))];
    const subject = quoted(condition, reader.text) ?? "the condition";
    return [branchMiss(branch, condition, `${subject} was never ${truthOf(condition.kind, index)}`)];
  });
}

/** A `repeat` goes its first way, back to its start, when its condition is false. */
function truthOf(kind: Condition["kind"], index: number): boolean {
  return (index === 0) !== (kind === "repeat");
}

function wayPlace(reader: Reader, branch: BranchMapping, index: number): Place {
  const way = branch.locations[index];
  return branch.type === "if" || !isRange(way) ? decidingPlace(reader, branch) : placeOf(way, reader.text);
}

function wayWords(type: string, index: number): string {
  if (type === "if") return `the condition was never ${index === 0}`;
  if (type !== "loop") return "this way was never taken";
  return index === 0 ? "the body of the loop was never entered" : "the loop never ran to its end";
}

function conditionOf({ lua, text }: Reader, { type, loc }: BranchMapping): Condition | null {
  if (type !== "if" && type !== "loop") return null;
  return lua.conditions().get(text.at(loc.start)) ?? null;
}

/** Where the ways part: the condition, the head of a loop, the word with which a branch begins. */
function decidingPlace(reader: Reader, branch: BranchMapping): Place {
  const { text } = reader;
  const condition = conditionOf(reader, branch);
  if (condition !== null) return condition;
  const [, head] = branch.locations;
  if (branch.type === "loop" && isRange(head)) return placeOf(head, text);
  const place = placeOf(branch.loc, text);
  if (branch.type !== "if") return place;
  const [word = ""] = /^\w*/.exec(text.text.slice(place.start, place.start + "elseif".length)) ?? [];
  return { start: place.start, end: Math.min(place.end, place.start + Math.max(1, word.length)) };
}
