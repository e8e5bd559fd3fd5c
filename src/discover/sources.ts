import { realpathSync } from "node:fs";
import path from "node:path";
import fastGlob from "fast-glob";
import type { Scope } from "../types.js";
import { dependencyFolders, verdict } from "./verdict.js";

/** Every file under the root that is measured although perhaps nothing loads it: what `all` adds. */
export function findSources(scope: Scope): string[] {
  // Folders that are surely excluded are not walked; a negated pattern can take any of them back in.
  const canBeTakenBack = scope.exclude.some((pattern) => pattern.startsWith("!"));
  const files = fastGlob.sync("**/*", {
    cwd: scope.root,
    dot: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    ignore: canBeTakenBack ? [] : [...dependencyFolders, "**/.git/**"],
  });
  // Not fast-glob's `absolute`: it takes a backslash in a name for a "/".
  const real = files.map((file) => realpathSync(path.join(scope.root, file)));
  return [...new Set(real)].filter((file) => verdict(scope, file).measured).sort();
}
