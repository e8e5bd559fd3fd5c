import path from "node:path";
import type { FSWatcher } from "chokidar";
import { notWatchable } from "../../errors.js";
import { watchByteNames } from "./byteNames.js";
import { type Changes, createChanges } from "./changes.js";

/** Files of a folder that are made, changed and removed. */
export interface Watcher {
  /** The absolute paths of what has changed since the last time, once there are some; null after an abort. */
  next(signal: AbortSignal): Promise<ReadonlySet<string> | null>;
  close(): Promise<void>;
}

const ignoredNames = ["node_modules", ".git", "lua_modules", ".luarocks"];

/** Watches a folder from the time on when the promise resolves, `ignored` folders and dependencies left out. */
export async function watchFolder(root: string, ignored: readonly string[]): Promise<Watcher> {
  const isIgnored = (file: string) => {
    const steps = path.relative(root, file).split(path.sep);
    return steps.some((step) => ignoredNames.includes(step)) || ignored.includes(path.resolve(file));
  };
  // Loading it takes time, which a run that does not watch has no use for.
  const { watch } = await import("chokidar");
  const watcher = watch(root, { ignoreInitial: true, ignored: isIgnored });
  const changes = createChanges({ isIgnored, listenTo: (folder) => watcher.add(folder) });
  collect(watcher, changes);
  const byteNames = watchByteNames(root, isIgnored, changes.add);
  watcher.on("raw", (_event, name: string | null, details) => {
    const folder = watchedPath(details);
    if (name?.includes("\ufffd") && folder !== null) byteNames.look(folder);
  });
  await ready(watcher, root);
  const close = async () => {
    byteNames.close();
    changes.close();
    await watcher.close();
  };
  return { next: changes.next, close };
}

function collect(watcher: FSWatcher, changes: Changes): void {
  watcher.on("all", (event, file) => {
    if (event === "addDir") changes.addFolder(file);
    else if (event !== "unlinkDir") changes.add(file);
  });
}

/** Throws NOT_WATCHABLE where the system watches no more; links that lead to each other are nothing to watch. */
async function ready(watcher: FSWatcher, root: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    watcher.once("ready", resolve);
    watcher.on("error", (error) => {
      if (!(error instanceof Error && "code" in error && error.code === "ELOOP"))
        reject(notWatchable(root, error));
    });
  });
}

/** Where something happened, as chokidar tells it. */
function watchedPath(details: unknown): string | null {
  if (typeof details !== "object" || details === null || !("watchedPath" in details)) return null;
  return typeof details.watchedPath === "string" ? details.watchedPath : null;
}
