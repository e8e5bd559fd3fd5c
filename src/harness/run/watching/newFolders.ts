import path from "node:path";
import { walk } from "../../../discover/walk.js";

/**
 * New folders. Who watches lists a new folder first and listens to it afterwards, so that of what comes in between nobody
 * tells: be it a file, or a folder, to which nobody ever listens.
 */
export interface NewFolders {
  /** A folder that somebody has told of. `onSettled` hears when whoever watches listens to it for long. */
  add(folder: string, onSettled: () => unknown): void;
  /** Somebody has told of a file. */
  told(file: string): void;
  untold(): Untold;
  close(): void;
}

export interface Untold {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Until then whoever watches listens to a new folder, in ms. */
const settled = 1000;

export function createNewFolders(isIgnored: (file: string) => boolean): NewFolders {
  const timers = new Map<string, NodeJS.Timeout>();
  const told = new Set<string>();
  const isUntold = (file: string) => !told.has(file) && !isIgnored(file);
  return {
    add: (folder, onSettled) => {
      told.add(folder);
      clearTimeout(timers.get(folder));
      const onTime = () => {
        onSettled();
        timers.delete(folder);
        if (timers.size === 0) told.clear();
      };
      timers.set(folder, setTimeout(onTime, settled));
    },
    told: (file) => {
      if (timers.size > 0) told.add(file);
    },
    untold: () => {
      const found = [...timers.keys()].filter(isOutermost(timers)).map((folder) => within(folder, isIgnored));
      const all = (list: (each: Untold) => readonly string[]) => found.flatMap(list).filter(isUntold);
      return { files: all(({ files }) => files), folders: all(({ folders }) => folders) };
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** What is in a folder is found with it. */
function isOutermost(folders: ReadonlyMap<string, unknown>): (folder: string) => boolean {
  const isIn = (folder: string): boolean => {
    const above = path.dirname(folder);
    return above !== folder && (folders.has(above) || isIn(above));
  };
  return (folder) => !isIn(folder);
}

function within(folder: string, isIgnored: (file: string) => boolean): Untold {
  const folders: string[] = [];
  const enters = (below: string) => {
    const place = path.join(folder, below);
    if (isIgnored(place)) return false;
    folders.push(place);
    return true;
  };
  const files = walk(folder, { enters, followsLinks: false }).map((file) => path.join(folder, file.path));
  return { files, folders };
}
