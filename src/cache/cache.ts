/**
 * What earlier runs have made, by a key that says what of, and only for this version of ours. What is in a cache is whole,
 * or not there.
 */

import { createHash } from "node:crypto";
import { readFileSync, rmdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { namesIn } from "../output/leftovers.js";
import { makeFolder } from "../output/place.js";
import { writeWhole } from "../output/whole.js";

export interface Cache {
  /** Null where there is nothing, or something that somebody has damaged. */
  find(key: string): Buffer | null;
  /** Takes the place of what had the same key. */
  keep(key: string, content: Uint8Array): void;
}

/**
 * A cache of a project, whose keys are 32 hex digits: with what else tools keep in its node_modules, else in the user's own
 * folder for that.
 */
export function openCache(
  root: string,
  name: "probes" | "analyses" | "chunks" | "modules" | "mutants",
): Cache {
  const all = path.join(cacheFolder(root), name);
  const folder = path.join(all, ownVersion());
  const prepare = () => {
    removeUnused(all);
    makeFolder(folder, null);
  };
  let isPrepared = false;
  let isWritable = true;
  return {
    find: (key) => read(path.join(folder, key)),
    keep: (key, content) => {
      if (!isWritable) return;
      try {
        if (!isPrepared) prepare();
        isPrepared = true;
        writeWhole(path.join(folder, key), Buffer.concat([digestOf(content), content]));
      } catch {
        // Without a cache, each run makes everything anew.
        isWritable = false;
      }
    },
  };
}

function cacheFolder(root: string): string {
  const modules = path.join(root, "node_modules");
  if (statSync(modules, { throwIfNoEntry: false })?.isDirectory()) {
    return path.join(modules, ".cache/luacov-ts");
  }
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const given = process.platform === "win32" ? LOCALAPPDATA : XDG_CACHE_HOME;
  const user = given !== undefined && path.isAbsolute(given) ? given : path.join(homedir(), ".cache");
  return path.join(user, "luacov-ts");
}

/** Names what makes the content: this package, and for those who work on it also when it was built. */
function ownVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const built = statSync(new URL("..", import.meta.url)).mtimeMs;
  return createHash("sha256").update(`${manifest}\n${built}`).digest("hex").slice(0, 16);
}

const digestLength = 32;

function digestOf(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}

function read(file: string): Buffer | null {
  try {
    const stored = readFileSync(file);
    const content = stored.subarray(digestLength);
    if (!digestOf(content).equals(stored.subarray(0, digestLength))) return null;
    markUsed(file);
    return content;
  } catch {
    return null;
  }
}

const day = 24 * 3600 * 1000;

function markUsed(file: string): void {
  if (Date.now() - statSync(file).mtimeMs > day) utimesSync(file, new Date(), new Date());
}

/** Removes what no run has used for a month, of other versions, too. */
function removeUnused(cache: string): void {
  for (const version of namesIn(cache).filter((name) => /^[\da-f]{16}$/.test(name))) {
    const folder = path.join(cache, version);
    const keys = namesIn(folder).filter((name) => /^[\da-f]{32}$/.test(name));
    const files = keys.map((name) => path.join(folder, name));
    for (const file of files) if (isUnused(file)) rmSync(file, { force: true });
    if (namesIn(folder).length === 0) rmdirSync(folder);
  }
}

function isUnused(file: string): boolean {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified !== undefined && Date.now() - modified > 30 * day;
}
