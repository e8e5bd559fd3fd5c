import type { Scope } from "../types.js";
import { mayHoldSources, verdict } from "./verdict.js";
import { walk } from "./walk.js";

/** Every file under the root that is measured although perhaps nothing loads it: what `all` adds. */
export function findSources(scope: Scope): string[] {
  const enters = (folder: string) => mayHoldSources(scope, folder);
  const files = walk(scope.root, { enters, followsLinks: false }).map(({ real }) => real);
  return [...new Set(files)].filter((file) => verdict(scope, file).measured).sort();
}
