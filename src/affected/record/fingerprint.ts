import { createHash } from "node:crypto";
import { kindOf, listFolder, readContent, statsOf } from "../../files/files.js";

/** What is at a path, in a word that changes with it. */
export interface Fingerprints {
  /** Null for nothing. Of a folder these are its names; with `asked`, only that it is there. */
  of(file: string, asked?: boolean): string | null;
}

/** Looks at each path once. */
export function createFingerprints(): Fingerprints {
  const known = new Map<string, string | null>();
  return {
    of: (file, asked = false) => {
      const key = `${asked ? "?" : "="}${file}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const made = fingerprintOf(file, asked);
      known.set(key, made);
      return made;
    },
  };
}

export function digestOfBytes(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

function fingerprintOf(file: string, asked: boolean): string | null {
  const stats = statsOf(file);
  if (stats === null) return null;
  try {
    if (stats.isFile()) return digestOfBytes(readContent(file));
    if (stats.isDirectory() && !asked) return `names ${digestOfNames(file)}`;
    return kindOf(stats);
  } catch {
    return "unreadable";
  }
}

function digestOfNames(folder: string): string {
  const names = listFolder(folder).map((entry) => entry.name.toString("latin1"));
  return digestOfBytes(Buffer.from(names.sort().join("\0"), "latin1"));
}

/** Whether what is at a path was changed after a moment, in milliseconds since 1970; of what is not there nobody can tell. */
export function wasChangedSince(file: string, moment: number): boolean {
  const stats = statsOf(file);
  return stats !== null && stats.ctimeMs >= moment;
}
