import { type FSWatcher, watch } from "node:fs";
import path from "node:path";
import { isFolder, listFolder } from "../../files/files.js";
import { decodeName, isEscaped, pathOf } from "../../files/names.js";

/** Watches what chokidar cannot: it takes names for text, and those that are not UTF-8 for missing files. */
export interface ByteNameWatcher {
  /** Looks for such names in a folder in which something has one. */
  look(folder: string): void;
  close(): void;
}

/** `changed` hears of files that may have changed, made or removed. */
export function watchByteNames(
  roots: readonly string[],
  isIgnored: (file: string) => boolean,
  changed: (file: string) => void,
): ByteNameWatcher {
  const watchers = new Map<string, FSWatcher>();
  const add = (folder: string) => {
    if (!watchers.has(folder)) watchers.set(folder, start(folder));
  };
  const start = (folder: string): FSWatcher => {
    const watcher = watch(pathOf(folder), { encoding: "buffer" }, (_event, name) => {
      if (name === null) return;
      const file = path.join(folder, decodeName(name));
      changed(file);
      visit(file, changed);
    });
    // As when the folder goes away.
    watcher.on("error", () => watcher.close());
    return watcher;
  };
  /** Goes through folders; those that chokidar does not know are watched. */
  const visit = (folder: string, found: (file: string) => void) => {
    if (isIgnored(folder) || !isFolder(folder)) return;
    if (isEscaped(folder)) attempt(() => add(folder));
    for (const entry of attempt(() => listFolder(folder)) ?? []) {
      const file = path.join(folder, decodeName(entry.name));
      if (entry.isDirectory()) visit(file, found);
      else if (isEscaped(file)) found(file);
    }
  };
  for (const root of roots) visit(root, () => {});
  return {
    look: (folder) => visit(folder, changed),
    close: () => {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** What is looked at may go away meanwhile. */
function attempt<Value>(action: () => Value): Value | null {
  try {
    return action();
  } catch {
    return null;
  }
}
