import type { Dirent } from "node:fs";
import path from "node:path";
import { isFolder, listFolder, realPath, statsOf } from "../files/files.js";
import { decodeName } from "../files/names.js";

/** A file with a content, found in a folder or below. */
export interface Found {
  /** Its path below the folder where the walk began, with "/". */
  readonly path: string;
  /** Where it is once links are followed, absolute. */
  readonly real: string;
}

export interface WalkOptions {
  /** Whether to go into a folder, which is named as files are. */
  readonly enters: (folder: string) => boolean;
  /** Whether links to folders are followed. Those to files are, always. */
  readonly followsLinks: boolean;
  /** Hears of what cannot be listed, by its absolute path. */
  readonly onRefused?: (folder: string) => void;
}

/**
 * The files in a folder and those below. A pipe, a socket, a device or a link to nowhere is none, and is not opened.
 * What cannot be listed is passed over, and told. A link is followed once, and never to a folder that it is in.
 */
export function walk(folder: string, options: WalkOptions): Found[] {
  if (!isFolder(folder)) return [];
  const found: Found[] = [];
  const followed = new Set<string>();
  const visit = (at: string, real: string) => {
    for (const entry of entriesOf(real, options)) {
      const name = decodeName(entry.name);
      const own = at === "" ? name : `${at}/${name}`;
      const place = path.join(real, name);
      if (entry.isFile()) found.push({ path: own, real: place });
      else if (entry.isDirectory() && options.enters(own)) visit(own, place);
      else if (entry.isSymbolicLink()) follow(own, place);
    }
  };
  const follow = (own: string, link: string) => {
    const stats = statsOf(link);
    if (stats?.isFile()) found.push({ path: own, real: realPath(link) });
    if (!stats?.isDirectory() || !options.followsLinks || followed.has(link) || !options.enters(own)) return;
    followed.add(link);
    const target = realPath(link);
    if (!isIn(link, target)) visit(own, target);
  };
  visit("", realPath(folder));
  return found;
}

/** Sorted by their bytes: the order of a folder is nobody's. */
function entriesOf(folder: string, { onRefused }: WalkOptions): Dirent<Buffer>[] {
  try {
    return listFolder(folder).sort((a, b) => Buffer.compare(a.name, b.name));
  } catch {
    onRefused?.(folder);
    return [];
  }
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);
}
