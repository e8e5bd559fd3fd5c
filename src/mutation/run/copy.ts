import { constants, copyFileSync, mkdirSync, readlinkSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import path from "node:path";
import { listFolder, statsOf } from "../../files/files.js";
import { decodeName, pathOf } from "../../files/names.js";

/** What a copy of a project leaves out: by name wherever it is, or by path. */
export interface LeftOut {
  readonly names: readonly string[];
  readonly paths: readonly string[];
}

/** Copies a folder with all that is in it; pipes, sockets and devices aside. Links to what is in it lead to the copy of that. */
export function copyFolder(from: string, to: string, leftOut: LeftOut): void {
  const visit = (own: string, copy: string) => {
    mkdirSync(pathOf(copy), { recursive: true });
    for (const entry of listFolder(own)) {
      const name = decodeName(entry.name);
      const [file, target] = [path.join(own, name), path.join(copy, name)];
      if (leftOut.names.includes(name) || leftOut.paths.includes(file)) continue;
      if (entry.isDirectory()) visit(file, target);
      else if (entry.isFile()) copyOne(file, target);
      else if (entry.isSymbolicLink()) copyLink(file, target, from, to);
    }
  };
  visit(from, to);
}

/** Copies a file with its times. */
export function copyOne(file: string, target: string): void {
  copyFileSync(pathOf(file), pathOf(target), constants.COPYFILE_FICLONE);
  const stats = statsOf(file);
  if (stats !== null) utimesSync(pathOf(target), stats.atime, stats.mtime);
}

/** The same link, also where something else has its name. */
export function copyLink(link: string, target: string, from: string, to: string): void {
  const leadsTo = decodeName(readlinkSync(pathOf(link), { encoding: "buffer" }));
  const isWithin = leadsTo === from || leadsTo.startsWith(`${from}${path.sep}`);
  rmSync(pathOf(target), { recursive: true, force: true });
  symlinkSync(pathOf(isWithin ? `${to}${leadsTo.slice(from.length)}` : leadsTo), pathOf(target));
}
