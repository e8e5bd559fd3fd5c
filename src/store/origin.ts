import { statSync } from "node:fs";
import path from "node:path";
import { digestOfSource } from "../files/digest.js";
import { readContent } from "../files/files.js";
import { namesIn } from "../output/leftovers.js";
import type { Shard } from "../types.js";

/** What is known of a coverage map beside the map itself. */
export interface Origin {
  readonly version: 1;
  /** The project root, on the machine on which the map was made. */
  readonly root: string;
  /** Which part of a suite was measured; null for no part. */
  readonly shard: Shard | null;
  /** The mark of the run; null when nobody has written it down. */
  readonly run: string | null;
  /** From when to when the run took, in milliseconds since 1970. */
  readonly began: number;
  readonly ended: number;
  /** What the sources held, as digests by path. */
  readonly sources: Readonly<Record<string, string>>;
}

/** A coverage map in a folder. The origin is null for a map whose origin nobody has written down. */
export interface StoredMap {
  readonly file: string;
  readonly origin: Origin | null;
  /** From when to when the run took that made it. */
  readonly began: number;
  readonly ended: number;
}

/** The folder in the temp-dir for what is no coverage map; nyc takes no notice of it. */
export const ownFolder = "luacov-ts";

/** As we and nyc name coverage maps: only these are ever removed. */
export const mapName = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.json$/;

/** The coverage maps in a folder, whoever has made them. */
export function storedMaps(folder: string): StoredMap[] {
  const names = namesIn(folder).filter((name) => name.endsWith(".json"));
  return names.map((name) => {
    const file = path.join(folder, name);
    const origin = readOrigin(originFile(folder, name));
    const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return { file, origin, began: origin?.began || modified, ended: origin?.ended || modified };
  });
}

/** Where the origin of a map is kept. */
export function originFile(folder: string, map: string): string {
  return path.join(folder, ownFolder, path.basename(map));
}

/** Null when there is none that this version can read. */
export function readOrigin(file: string): Origin | null {
  const content = readJson(file);
  if (content?.version !== 1 || typeof content.root !== "string") return null;
  const { root, shard = null, run = null, began = 0, ended = 0, sources = {} } = content;
  return { version: 1, root, shard, run, began, ended, sources };
}

/** The version of an origin that this version cannot read; null for others. */
export function strangeVersion(file: string): string | null {
  const content: { readonly version?: unknown } | null = readJson(file);
  if (content === null || content.version === 1) return null;
  return String(content.version);
}

function readJson(file: string): Partial<Origin> | null {
  try {
    const content: Partial<Origin> | null = JSON.parse(readContent(file).toString("utf8"));
    return typeof content === "object" ? content : null;
  } catch {
    return null;
  }
}

/** A digest of what a source holds, the same on systems that end lines otherwise; null when it is not there. */
export function digestOf(source: string): string | null {
  try {
    return digestOfSource(readContent(source));
  } catch {
    return null;
  }
}
