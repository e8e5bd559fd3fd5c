import { once } from "node:events";
import path from "node:path";
import type { FSWatcher } from "chokidar";

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
  const changes = collect(watcher);
  await once(watcher, "ready");
  return { next: changes, close: () => watcher.close() };
}

function collect(watcher: FSWatcher): Watcher["next"] {
  const changed = new Set<string>();
  let onQuiet = () => {};
  let timer: NodeJS.Timeout | undefined;
  watcher.on("all", (event, file) => {
    if (event === "addDir" || event === "unlinkDir") return;
    changed.add(path.resolve(file));
    clearTimeout(timer);
    timer = setTimeout(() => onQuiet(), quiet);
  });
  return (signal) =>
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
}
