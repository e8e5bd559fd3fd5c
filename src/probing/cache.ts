/**
 * Probed copies of earlier runs, by what they were made from: the text and this version of ours. A copy in the cache is
 * whole, or not there.
 */

import { createHash } from "node:crypto";
import { readFileSync, rmdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { ProbedCopies } from "../coverage/probes/insertProbes.js";
import { namesIn } from "../output/leftovers.js";
import { makeFolder } from "../output/place.js";
import { writeWhole } from "../output/whole.js";

export interface ProbeCache {
  find(digest: string): ProbedCopies | null;
  keep(digest: string, copies: ProbedCopies): void;
}

/** The cache of a project: with what else tools keep in its node_modules, else in the user's own folder for that. */
export function openCache(root: string): ProbeCache {
  const cache = cacheFolder(root);
  const folder = path.join(cache, ownVersion());
  const prepare = () => {
    removeUnused(cache);
    makeFolder(folder, null);
  };
  let isPrepared = false;
  let isWritable = true;
  return {
    find: (digest) => read(path.join(folder, digest)),
    keep: (digest, copies) => {
      if (!isWritable) return;
      try {
        if (!isPrepared) prepare();
        isPrepared = true;
        writeWhole(path.join(folder, digest), packed(copies));
      } catch {
        // Without a cache, each run makes its copies anew.
        isWritable = false;
      }
    },
  };
}

function cacheFolder(root: string): string {
  const modules = path.join(root, "node_modules");
  if (statSync(modules, { throwIfNoEntry: false })?.isDirectory()) {
    return path.join(modules, ".cache/luacov-ts/probes");
  }
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const given = process.platform === "win32" ? LOCALAPPDATA : XDG_CACHE_HOME;
  const user = given !== undefined && path.isAbsolute(given) ? given : path.join(homedir(), ".cache");
  return path.join(user, "luacov-ts/probes");
}

/** Names what makes the copies: this package, and for those who work on it also when it was built. */
function ownVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const built = statSync(new URL("..", import.meta.url)).mtimeMs;
  return createHash("sha256").update(`${manifest}\n${built}`).digest("hex").slice(0, 16);
}

/** A line with the number of counters, tight functions, the lengths of the copies and a digest of all, then the copies. */
function packed({ counters, tight, copy, copyFor60 }: ProbedCopies): Buffer {
  const head = `${counters} ${tight.join() || "none"} ${copy.length} ${copyFor60?.length ?? "same"}`;
  const body = Buffer.concat([copy, copyFor60 ?? Buffer.alloc(0)]);
  return Buffer.concat([Buffer.from(`${head} ${digestOf(head, body)}\n`), body]);
}

/** Null where there is none, or one that somebody has damaged. */
function read(file: string): ProbedCopies | null {
  try {
    const content = readFileSync(file);
    const end = content.indexOf("\n");
    const [counters = "", places = "", length = "", other = "", digest] = content
      .toString("latin1", 0, end)
      .split(" ");
    const body = content.subarray(end + 1);
    if (digestOf(`${counters} ${places} ${length} ${other}`, body) !== digest) return null;
    markUsed(file);
    const copyFor60 = other === "same" ? null : body.subarray(Number(length));
    const tight = places === "none" ? [] : places.split(",");
    return { counters: Number(counters), tight, copy: body.subarray(0, Number(length)), copyFor60 };
  } catch {
    return null;
  }
}

function digestOf(head: string, body: Uint8Array): string {
  return createHash("sha256").update(head).update(body).digest("hex").slice(0, 32);
}

const day = 24 * 3600 * 1000;

function markUsed(file: string): void {
  if (Date.now() - statSync(file).mtimeMs > day) utimesSync(file, new Date(), new Date());
}

/** Removes what no run has used for a month, of other versions, too. */
function removeUnused(cache: string): void {
  for (const version of namesIn(cache).filter((name) => /^[\da-f]{16}$/.test(name))) {
    const folder = path.join(cache, version);
    const copies = namesIn(folder).filter((name) => /^[\da-f]{32}$/.test(name));
    const files = copies.map((name) => path.join(folder, name));
    for (const file of files) if (isUnused(file)) rmSync(file, { force: true });
    if (namesIn(folder).length === 0) rmdirSync(folder);
  }
}

function isUnused(file: string): boolean {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified !== undefined && Date.now() - modified > 30 * day;
}
