import { realpathSync } from "node:fs";
import fastGlob from "fast-glob";
import type { Scope } from "../types.js";
import { dependencyFolders, verdict } from "./verdict.js";

/** Every file under the root that is measured although perhaps nothing loads it: what `all` adds. */
export function findSources(scope: Scope): string[] {
  // Folders that are surely excluded are not walked; a negated pattern can take any of them back in.
  const canBeTakenBack = scope.exclude.some((pattern) => pattern.startsWith("!"));
  const files = fastGlob.sync("**/*", {
    cwd: scope.root,
    absolute: true,
    dot: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    ignore: canBeTakenBack ? [] : [...dependencyFolders, "**/.git/**"],
  });
  const real = files.map((file) => realpathSync(file));
  return [...new Set(real)].filter((file) => verdict(scope, file).measured).sort();
}
