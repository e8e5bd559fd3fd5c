/**
 * The folder in which a command and the agents of all Lua programs beneath it meet: it has the sources with their
 * copies, and gets a file with counters from each process.
 */

import { randomBytes } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { notWritable } from "../../../errors/outputs.js";
import { removeMarked } from "../../../output/leftovers.js";
import { markPattern, newMark } from "../../../output/owner.js";
import type { AgentReport, ProbedSource, ProfileRequest, TraceRequest } from "../../../types.js";
import { literal } from "../../literal.js";
import { shipped } from "../jobs/shipped.js";
import { agentFile } from "./agentFile.js";
import { readHits } from "./hits.js";
import { luaInit } from "./luaInit.js";
import { writeSources } from "./manifest.js";
import { isReadableByAll } from "./readable.js";

export interface AgentFolder {
  /** The agent for programs of this command. */
  readonly agent: string;
  /** What programs that are to be measured find in their environment; undefined for what must not be there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the agents have left by now. */
  read(): AgentReport;
  /**
   * Makes a folder for one program of many, whose agents leave what they know there. What a program before has removed of
   * all this is made anew. Throws NOT_WRITABLE.
   */
  makeJobFolder(): JobFolder;
  close(): void;
}

/** What belongs to one program. */
export interface JobFolder {
  readonly path: string;
  /** The end of that, in the environment of this program and of all that it starts, and of nobody else. */
  readonly mark: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the agents of the program, and of those that it started, have left by now. */
  read(): AgentReport;
  /** Whether it is there still: a program may remove what it finds. */
  isThere(): boolean;
  /** Has the folder removed meanwhile: the next program need not wait for that. */
  close(): void;
}

const folderName = new RegExp(`^luacov-ts-cover-(${markPattern})$`);

/** Makes the folder. Throws NOT_WRITABLE. */
export function makeAgentFolder(
  sources: readonly ProbedSource[],
  collector: "probes" | "hook" = "probes",
  profile: ProfileRequest | null = null,
  trace: TraceRequest | null = null,
): AgentFolder {
  const outer = path.join(tmpdir(), `luacov-ts-cover-${newMark()}`);
  const folder = path.join(outer, randomBytes(16).toString("hex"));
  const close = () => rmSync(outer, { recursive: true, force: true, maxRetries: 3 });
  const writeTrace = (place: string) => {
    if (trace === null) return undefined;
    const file = path.join(place, "trace.lua");
    writeFileSync(file, `return ${literal({ ...trace })}\n`);
    return file;
  };
  const fill = () => {
    try {
      removeMarked(tmpdir(), folderName);
      makeOwnFolder(outer);
      makeOwnFolder(folder);
      writeSources(folder, sources);
      writeTrace(folder);
      if (process.getuid?.() !== 0) return agentFile;
      const files = isReadableByAll(agentFile) ? agentFile : copyAgent(folder);
      openToOthers(outer, folder);
      return files;
    } catch (cause) {
      close();
      throw notWritable(tmpdir(), cause);
    }
  };
  const agent = fill();
  const environment = {
    ...luaInit(agent, process.env),
    LUACOV_TS_AGENT: agent,
    LUACOV_TS_FOLDER: folder,
    LUACOV_TS_COLLECTOR: collector,
    LUACOV_TS_SHIPPED: `${shipped}${path.sep}`,
    LUACOV_TS_PROFILE:
      profile === null ? undefined : [profile.mode, ...(profile.perTest ? ["per-test"] : [])].join(" "),
    LUACOV_TS_TRACE: trace === null ? undefined : path.join(folder, "trace.lua"),
    LUACOV_TS_DEBUG: undefined,
    LUACOV_TS_COMPILED: undefined,
  };
  const sizes = new Map(sources.map(({ key, counters }) => [key, counters]));
  const makeJobFolder = () => {
    if (!existsSync(path.join(folder, "manifest"))) fill();
    return makeFolderOfJob(folder, sizes, writeTrace);
  };
  return { agent, environment, read: () => readHits(folder, sizes), makeJobFolder, close };
}

/** Not recursively: a folder for temporary files that is not there is a mistake in TMPDIR, and nothing to make. */
function makeOwnFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}

function makeFolderOfJob(
  folder: string,
  sizes: ReadonlyMap<string, number>,
  writeTrace: (place: string) => string | undefined,
): JobFolder {
  const own = mkdtempSync(path.join(folder, "job-"));
  if (process.getuid?.() === 0) chmodSync(own, 0o1733);
  const trace = writeTrace(own);
  return {
    path: own,
    mark: path.join(path.basename(folder), path.basename(own)),
    environment: { LUACOV_TS_HITS: own, ...(trace === undefined ? {} : { LUACOV_TS_TRACE: trace }) },
    read: () => readHits(own, sizes),
    isThere: () => existsSync(own),
    close: () => {
      // What is left of it goes with the folder around it.
      rm(own, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
    },
  };
}

/**
 * A command that root starts may go on as another user, as nginx does, and is then to find its sources and leave its
 * counters. Who does not know the name of the folder cannot find it, and nobody can list what is in it.
 */
function openToOthers(outer: string, folder: string): void {
  makeReadable(folder);
  chmodSync(folder, 0o1733);
  chmodSync(outer, 0o711);
}

/** Of an agent that is installed where other users cannot read. Returns where it is for them. */
function copyAgent(folder: string): string {
  const rooms = path.dirname(path.dirname(agentFile));
  // What is compiled is for fengari.
  const filter = (name: string) => !name.endsWith(".luac");
  for (const room of ["agent", "luacov", "debug"])
    cpSync(path.join(rooms, room), path.join(folder, room), { recursive: true, filter });
  return path.join(folder, "agent", path.basename(agentFile));
}

function makeReadable(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    chmodSync(file, entry.isDirectory() ? 0o711 : 0o644);
    if (entry.isDirectory()) makeReadable(file);
  }
}
