import path from "node:path";
import type { FSWatcher } from "chokidar";
import { notWatchable } from "../../../errors.js";
import { isWithin } from "../../../output/place.js";
import { watchByteNames } from "../byteNames.js";
import { type Changed, type Changes, createChanges } from "../changes.js";

/** Files of folders that are made, changed and removed. */
export interface Watcher {
  /** What has changed since the last time, once files have; null after an abort. */
  next(signal: AbortSignal): Promise<Changed | null>;
  close(): Promise<void>;
}

export type { Changed } from "../changes.js";

const ignoredNames = ["node_modules", ".git", "lua_modules", ".luarocks"];

/** Watches folders from the time on when the promise resolves, `ignored` ones and dependencies left out. */
export async function watchFolders(given: readonly string[], ignored: readonly string[]): Promise<Watcher> {
  const isIgnored = ignoring(given, ignored);
  const roots = [...new Set(given)].filter((root) => !isWithinAnother(root, given, isIgnored));
  // Loading it takes time, which a run that does not watch has no use for.
  const { watch } = await import("chokidar");
  const watcher = watch([...roots], { ignoreInitial: true, ignored: isIgnored });
  const changes = createChanges({ isIgnored, listenTo: (folder) => watcher.add(folder) });
  collect(watcher, changes);
  const byteNames = watchByteNames(roots, isIgnored, changes.add);
  watcher.on("raw", (_event, name: string | null, details) => {
    const folder = watchedPath(details);
    if (name?.includes("\ufffd") && folder !== null) byteNames.look(folder);
  });
  await ready(watcher, roots);
  const close = async () => {
    byteNames.close();
    changes.close();
    await watcher.close();
  };
  return { next: changes.next, close };
}

/** What is ignored in the innermost of the folders that something is in. */
function ignoring(roots: readonly string[], ignored: readonly string[]): (file: string) => boolean {
  const inward = roots.toSorted((a, b) => b.length - a.length);
  return (file) => {
    const root = inward.find((each) => isWithin(file, each)) ?? "";
    const steps = path.relative(root, file).split(path.sep);
    return steps.some((step) => ignoredNames.includes(step)) || ignored.includes(path.resolve(file));
  };
}

/** Whether it is watched with a folder around it. */
function isWithinAnother(
  root: string,
  roots: readonly string[],
  isIgnored: (file: string) => boolean,
): boolean {
  const isReached = (folder: string, outer: string): boolean =>
    folder === outer || (!isIgnored(folder) && isReached(path.dirname(folder), outer));
  return roots.some(
    (outer) => outer !== root && isWithin(root, outer) && isReached(path.dirname(root), outer),
  );
}

function collect(watcher: FSWatcher, changes: Changes): void {
  watcher.on("all", (event, file) => {
    if (event === "addDir") changes.addFolder(file);
    else if (event !== "unlinkDir") changes.add(file);
  });
}

/** Throws NOT_WATCHABLE where the system watches no more; links that lead to each other are nothing to watch. */
async function ready(watcher: FSWatcher, roots: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    watcher.once("ready", resolve);
    watcher.on("error", (error) => {
      if (!(error instanceof Error && "code" in error && error.code === "ELOOP"))
        reject(notWatchable(roots.join(", "), error));
    });
  });
}

/** Where something happened, as chokidar tells it. */
function watchedPath(details: unknown): string | null {
  if (typeof details !== "object" || details === null || !("watchedPath" in details)) return null;
  return typeof details.watchedPath === "string" ? details.watchedPath : null;
}
