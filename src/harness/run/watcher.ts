import path from "node:path";
import type { FSWatcher } from "chokidar";
import { notWatchable } from "../../errors.js";
import { watchByteNames } from "./byteNames.js";

/** Files of a folder that are made, changed and removed. */
export interface Watcher {
  /** The absolute paths of what has changed since the last time, once there are some; null after an abort. */
  next(signal: AbortSignal): Promise<ReadonlySet<string> | null>;
  close(): Promise<void>;
}

/** An editor that saves changes several files, or one of them several times: so long nothing more may come, in ms. */
const quiet = 100;

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
  const { add, next } = collect(watcher);
  const byteNames = watchByteNames(root, isIgnored, add);
  watcher.on("raw", (_event, name: string | null, details) => {
    const folder = watchedPath(details);
    if (name?.includes("\ufffd") && folder !== null) byteNames.look(folder);
  });
  await ready(watcher, root);
  const close = async () => {
    byteNames.close();
    await watcher.close();
  };
  return { next, close };
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

function collect(watcher: FSWatcher): { add(file: string): void; next: Watcher["next"] } {
  const changed = new Set<string>();
  let onQuiet = () => {};
  let timer: NodeJS.Timeout | undefined;
  const add = (file: string) => {
    changed.add(path.resolve(file));
    clearTimeout(timer);
    timer = setTimeout(() => onQuiet(), quiet);
  };
  watcher.on("all", (event, file) => {
    if (event !== "addDir" && event !== "unlinkDir") add(file);
  });
  const next: Watcher["next"] = (signal) =>
    new Promise((resolve) => {
      const onAbort = () => {
        clearTimeout(timer);
        resolve(null);
      };
      onQuiet = () => {
        signal.removeEventListener("abort", onAbort);
        onQuiet = () => {};
        const found = new Set(changed);
        changed.clear();
        resolve(found);
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      // What came while nobody waited and has been quiet since.
      if (changed.size > 0) timer = setTimeout(() => onQuiet(), quiet);
    });
  return { add, next };
}
