import { createPositions } from "../../source/positions.js";
import type { SourceSites } from "../../types.js";
import { type FunctionPart, functionAt } from "./functionTree.js";

/** A statement, function or branch of a source, with the function that it belongs to and its first count among all. */
export interface OwnedSite {
  readonly kind: "statement" | "function" | "branch";
  /** Of a function this is itself. */
  readonly owner: FunctionPart;
  readonly count: number;
  /** Of a branch: its type, how many ways it has, the first count of true operands, and how many of these there are. */
  readonly branch: {
    readonly type: number;
    readonly ways: number;
    readonly truthy: number;
    readonly tested: number;
  } | null;
}

type Sites = Pick<SourceSites, "statements" | "names" | "types" | "ways" | "truthy" | "places">;

/** In the order of their counts. */
export function ownedSites(sites: Sites, text: Uint8Array, main: FunctionPart): OwnedSite[] {
  const { statements, names, types, ways, truthy, places } = sites;
  const { offset } = createPositions(text);
  const at = (place: number) => offset({ line: places[place] ?? 1, column: places[place + 1] ?? 0 });
  const owned: OwnedSite[] = [];
  for (let index = 0; index < statements; index++)
    owned.push({ kind: "statement", owner: functionAt(main, at(4 * index)), count: index, branch: null });
  const byEnd = partsByEnd(main);
  for (const index of names.keys()) {
    const place = 4 * statements + 8 * index + 4;
    const owner = byEnd.get(at(place + 2)) ?? functionAt(main, at(place));
    owned.push({ kind: "function", owner, count: statements + index, branch: null });
  }
  let place = 4 * statements + 8 * names.length;
  let count = statements + names.length;
  let tested = count + sum(ways);
  for (const [index, own] of ways.entries()) {
    const branch = { type: types[index] ?? 0, ways: own, truthy: tested, tested: truthy[index] ?? 0 };
    owned.push({ kind: "branch", owner: functionAt(main, at(place)), count, branch });
    place += 4 + 4 * own;
    count += own;
    tested += branch.tested;
  }
  return owned;
}

/** No two functions end at one place. */
function partsByEnd(main: FunctionPart): ReadonlyMap<number, FunctionPart> {
  const parts = new Map<number, FunctionPart>();
  const visit = (part: FunctionPart) => {
    for (const inner of part.inner) {
      parts.set(inner.end, inner);
      visit(inner);
    }
  };
  visit(main);
  return parts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
