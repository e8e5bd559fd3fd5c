import { createHash } from "node:crypto";
import path from "node:path";
import { kindOf, listFolder, readContent, realPath, statsOf } from "../../files/files.js";
import { askedBy, attributesAt } from "./attributes.js";
import { outlookFor } from "./outlook.js";
import type { RecordedInput } from "./record.js";

/** What is at a path, in a word that changes with it. */
export interface Fingerprints {
  /** Null for nothing. `use` says what of it counts: what is in it, where nothing else is said. */
  of(file: string, use?: RecordedInput["use"]): string | null;
}

/** Looks at each path once. */
export function createFingerprints(): Fingerprints {
  const known = new Map<string, string | null>();
  return {
    of: (file, use = "opened") => {
      const key = `${use} ${file}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const made = fingerprintOf(file, use);
      known.set(key, made);
      return made;
    },
  };
}

export function digestOfBytes(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

function fingerprintOf(file: string, use: RecordedInput["use"]): string | null {
  const asked = askedBy(use);
  if (asked !== null) return attributesAt(file, asked.name, asked.isOfLink);
  switch (use) {
    case "written":
    case "made":
    case "removed":
    case "emptied":
      return outlookFor(use, file);
    case "led":
      return wayTo(file);
    default:
      return contentAt(file);
  }
}

function contentAt(file: string): string | null {
  const stats = statsOf(file);
  if (stats === null) return null;
  try {
    if (stats.isFile()) return digestOfBytes(readContent(file));
    if (stats.isDirectory()) return `names ${digestOfNames(file)}`;
    return kindOf(stats);
  } catch {
    return "unreadable";
  }
}

/** Where links lead from a path, as seen from its folder: a copy of the project elsewhere has the same. */
function wayTo(file: string): string | null {
  try {
    return path.relative(path.dirname(file), realPath(file));
  } catch {
    return null;
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
