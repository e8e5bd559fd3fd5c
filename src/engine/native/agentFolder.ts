/**
 * The folder in which a command and the agents of all Lua programs beneath it meet: it has the sources with their
 * copies, and gets a file with counters from each process.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { notWritable } from "../../errors.js";
import { encodeName } from "../../files/names.js";
import { removeMarked } from "../../output/leftovers.js";
import { markPattern, newMark } from "../../output/owner.js";
import type { AgentReport, ProbedSource } from "../../types.js";
import { readHits } from "./hits.js";
import { luaInit } from "./luaInit.js";

/** The Lua file that measures inside a program. */
export const agentFile = fileURLToPath(new URL("../../lua/agent/agent.lua", import.meta.url));

export interface AgentFolder {
  /** What programs that are to be measured find in their environment; undefined for what must not be there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the agents have left by now. */
  read(): AgentReport;
  /** Makes a folder for one program of many, whose agents leave what they know there. */
  makeJobFolder(): JobFolder;
  close(): void;
}

/** What belongs to one program. */
export interface JobFolder {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the agents of the program, and of those that it started, have left by now. */
  read(): AgentReport;
  close(): void;
}

const folderName = new RegExp(`^luacov-ts-cover-(${markPattern})$`);

/** Makes the folder. Throws NOT_WRITABLE. */
export function makeAgentFolder(
  sources: readonly ProbedSource[],
  collector: "probes" | "hook" = "probes",
): AgentFolder {
  const folder = path.join(tmpdir(), `luacov-ts-cover-${newMark()}`);
  const close = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    removeMarked(tmpdir(), folderName);
    mkdirSync(folder, { mode: 0o700 });
    writeSources(folder, sources);
  } catch (cause) {
    close();
    throw notWritable(tmpdir(), cause);
  }
  const environment = {
    ...luaInit(agentFile, process.env),
    LUACOV_TS_FOLDER: folder,
    LUACOV_TS_COLLECTOR: collector,
  };
  const sizes = new Map(sources.map(({ key, counters }) => [key, counters]));
  const makeJobFolder = () => makeFolderOfJob(folder, sizes);
  return { environment, read: () => readHits(folder, sizes), makeJobFolder, close };
}

function makeFolderOfJob(folder: string, sizes: ReadonlyMap<string, number>): JobFolder {
  const own = mkdtempSync(path.join(folder, "job-"));
  return {
    path: own,
    environment: { LUACOV_TS_HITS: own },
    read: () => readHits(own, sizes),
    close: () => rmSync(own, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function writeSources(folder: string, sources: readonly ProbedSource[]): void {
  for (const { digest, text, copy, copyFor60 } of sources) {
    const write = (name: string, content: Uint8Array) => writeFileSync(path.join(folder, name), content);
    write(`${digest}.lua`, text);
    write(`${digest}.255.lua`, copy);
    if (copyFor60 !== null) write(`${digest}.60.lua`, copyFor60);
  }
  writeFileSync(path.join(folder, "manifest"), Buffer.concat(sources.map(manifestLine)));
}

function manifestLine({ path: file, key, digest, text, counters, tight, copyFor60 }: ProbedSource): Buffer {
  const variant = copyFor60 === null ? "same" : "two";
  // A path that does not fit on a line is known by its text alone.
  const name = /[\r\n]/.test(file) ? "" : file;
  return Buffer.concat([
    Buffer.from(`${text.length} ${key} ${counters} ${variant} ${tight.join() || "none"} ${digest} `),
    encodeName(name),
    Buffer.from("\n"),
  ]);
}
