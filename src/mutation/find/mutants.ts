import { createPositions } from "../../source/positions.js";
import { forEachChild, type Syntax } from "../../source/syntax.js";
import type { Node } from "../../source/tree.js";
import type { Mutant } from "../../types.js";
import { type MutatorName, mutatorNames } from "../mutatorNames.js";
import { mutators } from "../mutators/mutators.js";
import { unglued } from "./glue.js";

/** All mutants of a text, in its order: by where they begin, then by how they are called. */
export function mutantsOf(
  source: Uint8Array,
  syntax: Syntax,
  wanted: readonly MutatorName[] = mutatorNames,
): readonly Mutant[] {
  const found: Found[] = [];
  const around: Node[] = [];
  const visit = (node: Node): void => {
    for (const mutator of wanted) {
      for (const change of mutators[mutator](node, { syntax, around })) found.push({ mutator, ...change });
    }
    around.push(node);
    forEachChild(node, visit);
    around.pop();
  };
  for (const statement of syntax.body) visit(statement);
  return numbered(found.toSorted(inOrder), source);
}

/** The text of a mutant. */
export function mutated(source: Uint8Array, { start, end, replacement }: Mutant): Uint8Array {
  return Buffer.concat([source.subarray(0, start), Buffer.from(replacement, "latin1"), source.subarray(end)]);
}

type Found = Omit<Mutant, "id" | "within" | "place"> & { readonly within?: number };

function inOrder(a: Found, b: Found): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.end !== b.end) return a.end - b.end;
  if (a.mutator !== b.mutator) return a.mutator < b.mutator ? -1 : 1;
  return 0;
}

/** A mutant is known by its place and kind, and of several there by which it is; what does the same is one. */
function numbered(all: readonly Found[], source: Uint8Array): Mutant[] {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString("latin1");
  const positions = createPositions(source);
  const known = new Set<string>();
  const counts = new Map<string, number>();
  return all.flatMap((each) => {
    const { start, end } = each;
    const replacement = unglued(text, start, end, each.replacement);
    const key = `${start} ${end} ${replacement}`;
    if (known.has(key) || replacement === text.slice(start, end)) return [];
    known.add(key);
    const place = positions.range({ start, end });
    const name = `${place.start.line}:${place.start.column + 1} ${each.mutator}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const id = count === 1 ? name : `${name} ${count}`;
    return [{ ...each, id, replacement, within: each.within ?? start, place }];
  });
}
