import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { decodeName } from "../../../files/names.js";
import { LineHitsSum } from "../../../hits/lines.js";
import { ProbeHitsSum } from "../../../hits/probes.js";
import { ProfileSum } from "../../../hits/profiles.js";
import { namesIn } from "../../../output/leftovers.js";
import type { AgentReport, Look, ProbeHits } from "../../../types.js";
import { isDeed, isUse, stateBefore } from "../../uses.js";
import { doubtsOfLibraries } from "./doubts.js";
import { readHookRows } from "./hookRows.js";
import { readProfileRows } from "./profileRows.js";

const firstLine = "luacov-ts-hits 1";

/** How many counters a source has, by its key. */
type Sizes = ReadonlyMap<string, number>;

/**
 * The sum of what agents have left in a folder. What has another number of counters than its source was written by a
 * program, not by an agent, and does not count.
 */
export function readHits(folder: string, sizes: Sizes): AgentReport {
  const read = hitsFilesIn(folder).map((file) => ({ file, rows: rowsOf(file) }));
  const processes = read.flatMap(({ rows }) => (rows === null ? [] : [rows]));
  const [probes, lines, profiles] = [new ProbeHitsSum(), new LineHitsSum(), new ProfileSum()];
  for (const rows of processes) {
    probes.add(readProbeRows(rows, sizes));
    lines.add(readHookRows(rows, (key) => sizes.has(key)));
    profiles.add(readProfileRows(rows));
  }
  const all = processes.flat();
  return {
    probes: probes.hits,
    lines: lines.hits,
    profile: profiles.sum,
    processes: processes.length,
    unended: read.filter(({ rows }) => rows?.at(-1) === "open").map(({ file }) => secondsSince(file)),
    changed: pathsIn(all, "other").sort(),
    unprobed: wordsIn(all, "unprobed"),
    listeners: wordsIn(all, "listener"),
    files: pathsIn(all, "file"),
    missing: pathsIn(all, "missing"),
    accesses: {
      looks: wordsIn(all, "look").flatMap(lookIn),
      removed: pathsIn(all, "removed"),
      changed: pathsIn(all, "changed"),
      doubts: [...wordsIn(all, "doubt"), ...doubtsOfLibraries(wordsIn(all, "library"))],
    },
  };
}

/** Where the agents of a folder have left their counters, a path for each process. */
export function hitsFilesIn(folder: string): readonly string[] {
  const names = lastOfEach(namesIn(folder).filter((name) => name.startsWith("hits-")));
  return names.map((name) => path.join(folder, name));
}

/** Of `NAME-1`, `NAME-2` and so on, which takes the place of the one before it, the last: a process may be killed between. */
function lastOfEach(names: readonly string[]): readonly string[] {
  const last = new Map<string, string>();
  const numberOf = (name: string) => Number(/\d+$/.exec(name)?.[0] ?? 0);
  for (const name of names) {
    const start = name.replace(/-\d+$/, "");
    const known = last.get(start);
    if (known === undefined || numberOf(name) > numberOf(known)) last.set(start, name);
  }
  return [...last.values()];
}

/** Null for what no agent has written. */
function rowsOf(file: string): readonly string[] | null {
  const [first, ...rows] = readFileSync(file, "latin1").trimEnd().split("\n");
  return first === firstLine ? rows : null;
}

/** How long ago it was written. */
function secondsSince(file: string): number {
  return Math.max(0, (Date.now() - statSync(file).mtimeMs) / 1000);
}

/** `KEY 1 0 3`: each counter of a source. */
function readProbeRows(rows: readonly string[], sizes: Sizes): ProbeHits {
  const hits = new Map<string, readonly number[]>();
  for (const row of rows) {
    const [key = ""] = row.split(" ", 1);
    const size = sizes.get(key);
    if (size === undefined) continue;
    const rest = row.slice(key.length + 1);
    const counters = rest === "" ? [] : rest.split(" ").map(Number);
    if (counters.length === size && counters.every(Number.isFinite)) hits.set(key, counters);
  }
  return hits;
}

/** What stands behind a word at the start of rows, each once. */
function wordsIn(rows: readonly string[], word: string): string[] {
  const own = rows.filter((row) => row.startsWith(`${word} `));
  return [...new Set(own.map((row) => row.slice(word.length + 1)))];
}

/** `opened - /PATH`, `written done /PATH`, `made 17 /PATH`: a use, of a deed also what came of it, the path. */
function lookIn(row: string): Look[] {
  const [, use, outcome, name] = /^(\S+) (\S+) (.*)$/.exec(row) ?? [];
  if (use === undefined || !isUse(use) || name === undefined) return [];
  const file = decodeName(Buffer.from(name, "latin1"));
  if (!isDeed(use)) return [{ path: file, use }];
  const before = stateBefore(use, outcome === "done", Number(outcome));
  return [{ path: file, use, ...(before === undefined ? {} : { before }) }];
}

function pathsIn(rows: readonly string[], word: string): string[] {
  return wordsIn(rows, word).map((name) => decodeName(Buffer.from(name, "latin1")));
}
