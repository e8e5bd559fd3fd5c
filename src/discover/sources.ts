import path from "node:path";
import type { Config, Scope } from "../types.js";
import { mayHoldSources, sourceOf, verdict } from "./verdict.js";
import { walk } from "./walk.js";

/** Every file under the root that is measured although perhaps nothing loads it: what `all` adds. */
export function findSources(scope: Scope): string[] {
  const enters = (folder: string) => mayHoldSources(scope, folder);
  const files = walk(scope.root, { enters, followsLinks: false }).map(({ real }) => real);
  return [...new Set(files)]
    .filter((file) => sourceOf(scope, file) === file && verdict(scope, file).measured)
    .sort();
}

/** Whether a source counts that nothing has loaded: all do with `all`, unless `.luacov` names the files and folders that do. */
export function isUntestedCounted({
  all,
  luacov,
}: Pick<Config, "all" | "luacov">): (file: string) => boolean {
  const untested = luacov?.untested ?? null;
  if (!all || untested === null) return () => all;
  return (file) => untested.some((each) => file === each || file.startsWith(`${each}${path.sep}`));
}
