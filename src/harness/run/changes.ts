import path from "node:path";
import { createNewFolders } from "./watching/newFolders.js";

/** By absolute paths. */
export interface Changed {
  readonly files: ReadonlySet<string>;
  /** Those that are new. */
  readonly folders: ReadonlySet<string>;
}

/** What has changed, until somebody asks for it. */
export interface Changes {
  add(file: string): void;
  /** A folder that is new. */
  addFolder(folder: string): void;
  /** What has changed since the last time, once files have; null after an abort. */
  next(signal: AbortSignal): Promise<Changed | null>;
  close(): void;
}

export interface ChangesOptions {
  readonly isIgnored: (file: string) => boolean;
  /** Hears of a new folder to which nobody listens. */
  readonly listenTo: (folder: string) => void;
}

/** An editor that saves changes several files, or one of them several times: so long nothing more may come, in ms. */
const quiet = 100;

export function createChanges({ isIgnored, listenTo }: ChangesOptions): Changes {
  let [changed, made] = [new Set<string>(), new Set<string>()];
  const newFolders = createNewFolders(isIgnored);
  let onQuiet = () => {};
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => onQuiet(), quiet);
  };
  const add = (file: string) => {
    newFolders.told(path.resolve(file));
    changed.add(path.resolve(file));
    wait();
  };
  const addFolder = (folder: string) => {
    newFolders.add(path.resolve(folder), look);
    made.add(path.resolve(folder));
    wait();
  };
  /** Whether there was anything of which nobody has told. */
  const look = (): boolean => {
    const { files, folders } = newFolders.untold();
    for (const folder of folders) {
      listenTo(folder);
      addFolder(folder);
    }
    for (const file of files) add(file);
    return files.length + folders.length > 0;
  };
  const next: Changes["next"] = (signal) =>
    new Promise((resolve) => {
      const onAbort = () => {
        clearTimeout(timer);
        resolve(null);
      };
      onQuiet = () => {
        if (look() || changed.size === 0) return;
        signal.removeEventListener("abort", onAbort);
        onQuiet = () => {};
        resolve({ files: changed, folders: made });
        [changed, made] = [new Set(), new Set()];
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      // What came while nobody waited and has been quiet since.
      wait();
    });
  const close = () => {
    clearTimeout(timer);
    newFolders.close();
  };
  return { add, addFolder, next, close };
}
