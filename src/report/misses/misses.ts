import type { FunctionMapping, Range } from "istanbul-lib-coverage";
import { visible } from "../../files/visible.js";
import { missedOperands, missedWays, unreachedBranches } from "./branches.js";
import { createDead, type Dead } from "./dead.js";
import { type Miss, placeOf, type Reader } from "./miss.js";

/**
 * Everything in a map's file that never happened, in the order of the text. What lies within a statement that never ran,
 * or an operand that was never evaluated, is told by that one.
 */
export function findMisses(reader: Reader): Miss[] {
  const operands = missedOperands(reader);
  const places = [...missedStatements(reader), ...operands.filter(({ isDead }) => isDead)];
  const dead = createDead(places);
  const alive = operands.filter(({ isDead }) => !isDead);
  // Of a condition that was never evaluated, its operands say nothing more.
  const unreached = outermost(unreachedBranches(reader, dead));
  const others = [...alive, ...missedFunctions(reader, dead), ...missedWays(reader), ...unreached];
  return [...outermost(places), ...others].sort(inOrder);
}

const inOrder = (a: Miss, b: Miss) => a.start - b.start || b.end - a.end;

/** Those that lie in no other one. */
function outermost(misses: readonly Miss[]): Miss[] {
  let end = -1;
  return misses.toSorted(inOrder).filter((miss) => {
    if (miss.end <= end) return false;
    end = miss.end;
    return true;
  });
}

function missedStatements({ file, text }: Reader): Miss[] {
  const missed = Object.entries(file.statementMap).filter(([key]) => file.s[key] === 0);
  return missed.map(([, range]) => {
    const place = placeOf(range, text);
    return { kind: "statement", ...place, line: range.start.line, words: "never ran", isDead: true };
  });
}

function missedFunctions({ file, text }: Reader, dead: Dead): Miss[] {
  const missed = Object.entries(file.fnMap).filter(([key]) => file.f[key] === 0);
  return missed.flatMap(([, fn]): Miss[] => {
    const range = declarationOf(fn);
    const place = placeOf(range, text);
    if (dead.has(place)) return [];
    const words = `${visible(fn.name)} was never called`;
    return [{ kind: "function", ...place, line: range.start.line, words, isDead: false }];
  });
}

/** Some tools give a function no declaration. */
function declarationOf({ decl, loc }: Partial<FunctionMapping> & { loc: Range }): Range {
  return decl ?? loc;
}
