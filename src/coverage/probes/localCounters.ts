import type { FunctionDeclaration, LoopStatement } from "../../source/tree.js";
import type { SitesOfFunction } from "../sites/sitesOf.js";
import type { Insertion } from "./insertions.js";
import type { ProbePlan } from "./plan/plan.js";
import { hasEnvironment, type Room } from "./room.js";

/** As many as are worth it: a function that is made often takes all that it counts with it. */
const most = 40;
/** How many locals a main function may come to have, which leaves registers for its expressions. */
const mostLocals = 120;

export interface LocalCountersOptions {
  readonly room: Room;
  /** How many other locals of ours the main function declares. */
  readonly needed: number;
  readonly upvalues: 60 | 255;
}

/**
 * The counters that are locals of the main function and not in the table, which takes a call of C's in Lua 5.1. They are those of
 * loops, and then those of functions, as long as there is room for them as locals and upvalues.
 */
export function localCounters(
  { sites, insertions }: ProbePlan,
  { room, needed, upvalues }: LocalCountersOptions,
): readonly number[] {
  const free = Math.min(most, upvalues - 1, mostLocals - needed - (sites[0]?.needs.locals ?? 0));
  if (!room.main || free <= 0) return [];
  const take = takerOf(sites, { room, needed, upvalues });
  const taken: number[] = [];
  for (const { fn, counter } of hottest(sites, insertions)) {
    if (taken.length === free) break;
    if (take(fn)) taken.push(counter);
  }
  return taken.sort((a, b) => a - b);
}

interface Candidate {
  readonly fn: FunctionDeclaration | null;
  readonly counter: number;
  readonly heat: number;
}

/** Counters by how often they may count: what is in most loops comes first; a main function runs once. */
function hottest(sites: readonly SitesOfFunction[], insertions: readonly Insertion[]): readonly Candidate[] {
  const depthOf = new Map(sites.map(({ fn, structure }) => [fn?.node ?? null, depths(structure.statements)]));
  const candidates: Candidate[] = [];
  for (const { at, fn, code } of insertions) {
    if (code.kind !== "count") continue;
    const heat = 2 * (depthOf.get(fn)?.(at) ?? 0) + (fn === null ? 0 : 1);
    if (heat > 0) candidates.push({ fn, counter: code.counter, heat });
  }
  return candidates.sort((a, b) => b.heat - a.heat);
}

/** In how many loops a place is; asked for one place after the other. */
function depths(statements: SitesOfFunction["structure"]["statements"]): (at: number) => number {
  const loops = statements.filter(isLoop);
  const around: LoopStatement[] = [];
  let next = 0;
  return (at) => {
    for (let loop = loops[next]; loop !== undefined && loop.start < at; loop = loops[++next])
      around.push(loop);
    while (around.length > 0 && (around.at(-1)?.end ?? 0) <= at) around.pop();
    return around.filter(({ end }) => end > at).length;
  };
}

function isLoop(statement: SitesOfFunction["structure"]["statements"][number]): statement is LoopStatement {
  return statement.type === "WhileStatement" || statement.type === "RepeatStatement" || isFor(statement.type);
}

function isFor(type: string): boolean {
  return type === "ForNumericStatement" || type === "ForGenericStatement";
}

/** Takes an upvalue in a function and in all around it; false where one of them has none left. */
function takerOf(sites: readonly SitesOfFunction[], { room, needed, upvalues }: LocalCountersOptions) {
  const left = new Map<FunctionDeclaration, number>();
  const outer = new Map<FunctionDeclaration, FunctionDeclaration | null>();
  const around: FunctionDeclaration[] = [];
  for (const { fn, needs } of sites) {
    if (fn === null) continue;
    while (around.length > 0 && (around.at(-1)?.end ?? 0) <= fn.node.start) around.pop();
    outer.set(fn.node, around.at(-1) ?? null);
    around.push(fn.node);
    const environment = hasEnvironment(upvalues) && needs.usesGlobals ? 1 : 0;
    left.set(fn.node, room.full.has(fn.node) ? 0 : upvalues - needs.upvalues - environment - needed);
  }
  return (innermost: FunctionDeclaration | null): boolean => {
    const all: FunctionDeclaration[] = [];
    for (let fn = innermost; fn !== null; fn = outer.get(fn) ?? null) all.push(fn);
    if (all.some((fn) => (left.get(fn) ?? 0) <= 0)) return false;
    for (const fn of all) left.set(fn, (left.get(fn) ?? 0) - 1);
    return true;
  };
}
