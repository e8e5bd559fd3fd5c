import type { FunctionDeclaration } from "../../source/tree.js";
import type { SitesOfFunction } from "../sites/sitesOf.js";

const maxLocals = 200;

/** Where there is room for locals and upvalues of ours. */
export interface Room {
  /** Whether the main function has it; nowhere else is there any where it has not. */
  readonly main: boolean;
  /** The other functions without. */
  readonly full: ReadonlySet<FunctionDeclaration>;
}

/**
 * Which functions have room for upvalues of ours, as all around them must have. `needed` are the locals that the main
 * function declares.
 */
export function roomFor(sites: readonly SitesOfFunction[], needed: number, upvalues: number): Room {
  const main = (sites[0]?.needs.locals ?? 0) + needed <= maxLocals;
  const full = new Set<FunctionDeclaration>();
  let endOfFull = 0;
  for (const { fn, needs } of sites) {
    if (fn === null) continue;
    const used = needs.upvalues + (hasEnvironment(upvalues) && needs.usesGlobals ? 1 : 0);
    const isInFull = fn.node.start < endOfFull;
    if (main && used + needed <= upvalues && !isInFull) continue;
    full.add(fn.node);
    endOfFull = Math.max(endOfFull, fn.node.end);
  }
  return { main, full };
}

/** Whether globals are fields of an upvalue. */
export function hasEnvironment(upvalues: number): boolean {
  return upvalues > 60;
}

export function isSameRoom(one: Room, other: Room): boolean {
  if (one.main !== other.main || one.full.size !== other.full.size) return false;
  return [...one.full].every((fn) => other.full.has(fn));
}
