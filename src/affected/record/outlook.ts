import { accessSync, constants, lstatSync, type Stats } from "node:fs";
import path from "node:path";
import { kindOf, listFolder, statsOf } from "../../files/files.js";
import { pathOf } from "../../files/names.js";
import type { Deed } from "../../types.js";

/** What would come of a deed at a path, in a word that changes with it: a `State`, or what keeps it from that. */
export function outlookFor(deed: Deed, file: string): string | null {
  return outlooks[deed](file);
}

const outlooks: Readonly<Record<Deed, (file: string) => string | null>> = {
  written: (file) => {
    const stats = statsOf(file);
    if (stats === null) return roomFor(file);
    if (stats.isDirectory()) return kindOf(stats);
    return isWritable(file) ? "free" : "refused";
  },
  made: (file) => (linkStatsOf(file) === null ? roomFor(file) : "taken"),
  removed: (file) => {
    const stats = linkStatsOf(file);
    if (stats === null) return null;
    if (stats.isDirectory() && isFull(file)) return "a full folder";
    return isWritable(path.dirname(file)) ? "removable" : "refused";
  },
  emptied: (file) => {
    const stats = linkStatsOf(file);
    if (stats === null) return null;
    if (!stats.isDirectory()) return "a file";
    if (isFull(file)) return "a full folder";
    return isWritable(path.dirname(file)) ? "removable" : "refused";
  },
};

/** Whether something could be made at a path where nothing is. */
function roomFor(file: string): string {
  const folder = path.dirname(file);
  if (statsOf(folder)?.isDirectory() !== true) return "no folder";
  return isWritable(folder) ? "free" : "refused";
}

/** Of a link those of its own; null for nothing. */
export function linkStatsOf(file: string): Stats | null {
  try {
    return lstatSync(pathOf(file));
  } catch {
    return null;
  }
}

function isFull(folder: string): boolean {
  try {
    return listFolder(folder).length > 0;
  } catch {
    return true;
  }
}

function isWritable(file: string): boolean {
  try {
    accessSync(pathOf(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
