import type { Profile, ProfiledFunction, ProfileNode, Sampling } from "../types.js";
import { mergeHeld } from "./held.js";
import { compareFunctions, compareTexts, functionKey } from "./identity.js";
import { addTo, sumOfKnown } from "./sum.js";

/** A profile of nothing. */
export const emptyProfile: Profile = { functions: [], nodes: [], sampling: [], overhead: 0, held: null };

/**
 * The sum of profiles, in one order whatever the order of these: functions by their places, calls of a function by the
 * functions that were called. None of them is changed. So that of one profile is that profile in this order.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const functions = mergeFunctions(profiles.flatMap((profile) => profile.functions));
  const indexOf = new Map(functions.map((fn, index) => [functionKey(fn), index]));
  const top = newPlace();
  for (const profile of profiles) {
    const indices = profile.functions.map((fn) => indexOf.get(functionKey(fn)) ?? 0);
    addNodes(top, profile.nodes, indices);
  }
  return {
    functions,
    nodes: nodesBelow(top),
    sampling: mergeSampling(profiles.flatMap((profile) => profile.sampling)),
    overhead: profiles.reduce((sum, profile) => sum + profile.overhead, 0),
    held: mergeHeld(profiles.flatMap(({ held }) => held ?? [])),
  };
}

/** A node while others are added to it. */
interface Place {
  readonly called: Map<number, Place>;
  readonly lines: Map<number, number>;
  sums: Pick<ProfileNode, "self" | "samples" | "calls" | "allocated">;
}

function newPlace(): Place {
  return { called: new Map(), lines: new Map(), sums: { self: 0, samples: 0, calls: 0, allocated: 0 } };
}

function mergeFunctions(functions: readonly ProfiledFunction[]): readonly ProfiledFunction[] {
  const byKey = new Map(functions.map((fn) => [functionKey(fn), fn]));
  return [...byKey.values()].sort(compareFunctions);
}

function addNodes(top: Place, nodes: readonly ProfileNode[], indices: readonly number[]): void {
  const places: Place[] = [];
  for (const node of nodes) {
    const place = placeIn(places[node.parent] ?? top, indices[node.fn] ?? 0);
    places.push(place);
    place.sums = {
      self: place.sums.self + node.self,
      samples: place.sums.samples + node.samples,
      calls: sumOfKnown(place.sums.calls, node.calls),
      allocated: sumOfKnown(place.sums.allocated, node.allocated),
    };
    for (const [line, self] of node.lines) addTo(place.lines, line, self);
  }
}

function placeIn({ called }: Place, fn: number): Place {
  const known = called.get(fn);
  if (known !== undefined) return known;
  const place = newPlace();
  called.set(fn, place);
  return place;
}

/** Without recursion, as programs may recurse deeper than we can. */
function nodesBelow(top: Place): ProfileNode[] {
  const nodes: ProfileNode[] = [];
  const waiting = calledBy(top, -1);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { place, fn, parent } = next;
    const lines = [...place.lines].sort(([a], [b]) => a - b);
    nodes.push({ fn, parent, ...place.sums, lines });
    waiting.push(...calledBy(place, nodes.length - 1));
  }
  return nodes;
}

/** The first one is the last of the list. */
function calledBy({ called }: Place, parent: number) {
  const entries = [...called].sort(([a], [b]) => b - a);
  return entries.map(([fn, place]) => ({ fn, place, parent }));
}

function mergeSampling(all: readonly Sampling[]): readonly Sampling[] {
  const sums = new Map<string, Sampling>();
  for (const each of all) {
    const key = `${each.interval} ${each.unit}`;
    sums.set(key, { ...each, samples: each.samples + (sums.get(key)?.samples ?? 0) });
  }
  return [...sums.values()].sort((a, b) => compareTexts(a.unit, b.unit) || a.interval - b.interval);
}
