import type { SourceSites } from "../../types.js";
import type { TextChange } from "./compare.js";
import type { FunctionPart } from "./functionTree.js";
import { type OwnedSite, ownedSites } from "./siteOwners.js";

/** A source with its text and places. */
export interface PlacedSource {
  readonly text: Uint8Array;
  readonly sites: SourceSites;
}

/**
 * Where each count of a source is after a change of its text, -1 for those of functions that are others now; null where the places of
 * functions that are the same do not correspond, as where two Luas know different ones.
 */
export function moveCounts(before: PlacedSource, after: PlacedSource, change: TextChange): Int32Array | null {
  const old = grouped(ownedSites(before.sites, before.text, change.was));
  const now = grouped(ownedSites(after.sites, after.text, change.is));
  const moved = new Int32Array(sizeOf(before.sites)).fill(-1);
  for (const [was, is] of change.same) {
    const [from, to] = [old.get(was) ?? [], now.get(is) ?? []];
    if (from.length !== to.length) return null;
    for (const [index, site] of from.entries()) {
      const other = to[index];
      if (other === undefined || !isAlike(site, other)) return null;
      put(moved, site, other);
    }
  }
  return moved;
}

/** How many counts a source has. */
export function sizeOf({ statements, names, ways, truthy }: SourceSites): number {
  return statements + names.length + [...ways, ...truthy].reduce((all, each) => all + each, 0);
}

function grouped(sites: readonly OwnedSite[]): Map<FunctionPart, OwnedSite[]> {
  const groups = new Map<FunctionPart, OwnedSite[]>();
  for (const site of sites) {
    const known = groups.get(site.owner);
    if (known === undefined) groups.set(site.owner, [site]);
    else known.push(site);
  }
  return groups;
}

function isAlike(a: OwnedSite, b: OwnedSite): boolean {
  if (a.kind !== b.kind) return false;
  if (a.branch === null || b.branch === null) return a.branch === b.branch;
  return (
    a.branch.type === b.branch.type && a.branch.ways === b.branch.ways && a.branch.tested === b.branch.tested
  );
}

function put(moved: Int32Array, from: OwnedSite, to: OwnedSite): void {
  const ways = from.branch?.ways ?? 1;
  for (let way = 0; way < ways; way++) moved[from.count + way] = to.count + way;
  const { branch } = to;
  if (from.branch === null || branch === null) return;
  for (let index = 0; index < branch.tested; index++)
    moved[from.branch.truthy + index] = branch.truthy + index;
}
