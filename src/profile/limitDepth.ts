import type { Profile, ProfileNode } from "../types.js";
import { sumOfKnown } from "./sum.js";

/** What stands for calls that are deeper than a reader of a profile can follow. */
const deeper = { kind: "C", name: "(deeper calls)", file: null, line: 0, lastLine: 0 } as const;

/**
 * A profile whose calls go on for no more than `most` levels, and for one more where there are deeper ones: that stands for all
 * of them, without their lines. One that is not deeper stays as it is.
 */
export function limitDepth(profile: Profile, most: number): Profile {
  const depths = depthsOf(profile.nodes);
  if (depths.every((depth) => depth <= most)) return profile;
  const kept: ProfileNode[] = [];
  /** Where each node has gone, by its index. */
  const places: number[] = [];
  const folded = createFolded(kept, profile.functions.length);
  for (const [index, node] of profile.nodes.entries()) {
    const depth = depths[index] ?? 0;
    const parent = places[node.parent] ?? -1;
    if (depth <= most) places.push(kept.push({ ...node, parent }) - 1);
    else places.push(folded(node, depth === most + 1 ? { below: parent } : { at: parent }));
  }
  return { ...profile, functions: [...profile.functions, deeper], nodes: kept };
}

/** Adds a node to the one for what is deeper, below the last of its callers that is kept. Returns where that is. */
function createFolded(kept: ProfileNode[], fn: number) {
  const places = new Map<number, number>();
  const placeBelow = (parent: number) => {
    const place =
      places.get(parent) ??
      kept.push({ fn, parent, self: 0, samples: 0, calls: 0, allocated: 0, lines: [] }) - 1;
    places.set(parent, place);
    return place;
  };
  return (node: ProfileNode, where: { readonly below: number } | { readonly at: number }): number => {
    const place = "at" in where ? where.at : placeBelow(where.below);
    const known = kept[place];
    if (known !== undefined) kept[place] = sumOf(known, node);
    return place;
  };
}

function sumOf(known: ProfileNode, node: ProfileNode): ProfileNode {
  return {
    ...known,
    self: known.self + node.self,
    samples: known.samples + node.samples,
    calls: sumOfKnown(known.calls, node.calls),
    allocated: sumOfKnown(known.allocated, node.allocated),
  };
}

function depthsOf(nodes: readonly ProfileNode[]): Int32Array {
  const depths = new Int32Array(nodes.length);
  for (const [index, { parent }] of nodes.entries()) depths[index] = 1 + (depths[parent] ?? 0);
  return depths;
}
