import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { HitsSum } from "../../coverage/hits.js";
import { notWritable } from "../../errors.js";
import type { Config, Hits, Scope } from "../../types.js";

/** The variable that tells a Lua interpreter of ours that a measured program started it, and where it reports. */
const variable = "LUACOV_TS_CHILDREN";

/** What a child has to know to measure what its parent measures. */
export interface Inheritance {
  readonly scope: Scope;
  readonly linesOnly: boolean;
  readonly luaPath: Config["luaPath"];
  readonly sandbox: boolean;
}

/** Lua programs that a program starts, measured along with it: each leaves its hits in a folder. */
export interface Children {
  /** The variables that make the children of a job report. */
  environmentOf(job: number): Readonly<Record<string, string>>;
  /** The sum of what the children of a job have left by now. */
  hitsOf(job: number): Hits;
  close(): void;
}

const inheritanceFile = "inheritance";

export function createChildren(inheritance: Inheritance): Children {
  const folder = openFolder(inheritance);
  return {
    environmentOf: (job) => ({ [variable]: path.join(folder, String(job)) }),
    hitsOf: (job) => {
      const sum = new HitsSum();
      for (const file of hitFiles(path.join(folder, String(job)))) sum.add(readHits(file));
      return sum.hits;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Throws NOT_WRITABLE. */
function openFolder(inheritance: Inheritance): string {
  try {
    const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-"));
    writeFileSync(path.join(folder, inheritanceFile), JSON.stringify(inheritance));
    return folder;
  } catch (cause) {
    throw notWritable(tmpdir(), cause);
  }
}

/** What this process inherits as the child of a measured program; null when it is none, or the parent is gone. */
export function inherited(): (Inheritance & { readonly folder: string }) | null {
  const folder = process.env[variable];
  if (folder === undefined) return null;
  try {
    const inheritance: Inheritance = JSON.parse(
      readFileSync(path.join(folder, "..", inheritanceFile), "utf8"),
    );
    return { ...inheritance, folder };
  } catch {
    return null;
  }
}

/** Leaves a child's hits for its parent. */
export function leaveHits(folder: string, hits: Hits): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, randomUUID());
  writeFileSync(file, JSON.stringify(hits));
  // Under its name only once it is whole: the parent may be reading.
  renameSync(file, `${file}.json`);
}

/** The folder of a job is made by the first child that leaves something. */
function hitFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.map((name) => path.join(folder, name));
}

function readHits(file: string): Hits {
  return JSON.parse(readFileSync(file, "utf8"));
}
