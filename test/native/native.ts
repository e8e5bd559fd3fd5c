import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { jobText, type NativeJob } from "../../src/engine/native/jobs/jobFile.js";
import { type NativeNews, readNews } from "../../src/engine/native/jobs/news.js";
import type { TestReport } from "../../src/types.js";
import { type DebianLua, debianPaths } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { toolPath } from "../support/tools.js";

export const entry = fileURLToPath(new URL("../../src/lua/native/main.lua", import.meta.url));

/** How a native Lua ran a job. */
export interface NativeRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Bytes as Latin-1. */
  readonly stdout: string;
  readonly stderr: string;
  readonly news: readonly NativeNews[];
  readonly reports: readonly TestReport[];
}

type Job = Pick<NativeJob, "file"> & Partial<NativeJob>;

interface Surroundings {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a job to its end, with files for what it writes. */
export function runNative(
  lua: DebianLua,
  job: Job,
  { cwd = process.cwd(), environment = {} }: Surroundings = {},
): NativeRun {
  const folder = makeFolder({ stdout: "", stderr: "", news: "" });
  const file = (name: string) => path.join(folder, name);
  const steps = [{ kind: "script", file: job.file }] as const;
  writeFileSync(file("job"), jobText({ args: [], steps, folder: cwd, news: file("news"), ...job }));
  const [stdout, stderr] = [openSync(file("stdout"), "a"), openSync(file("stderr"), "a")];
  const { status, signal, error } = spawnSync(toolPath(lua), [entry, file("job")], {
    argv0: lua,
    cwd,
    env: { ...process.env, ...debianPaths(lua), ...environment },
    stdio: ["ignore", stdout, stderr],
    timeout: 120_000,
  });
  closeSync(stdout);
  closeSync(stderr);
  if (error !== undefined) throw error;
  const { news } = readNews(readFileSync(file("news")));
  return {
    code: status,
    signal,
    stdout: readFileSync(file("stdout"), "latin1"),
    stderr: readFileSync(file("stderr"), "latin1"),
    news,
    reports: news.flatMap(({ event }) => (event.kind === "test end" ? [event.report] : [])),
  };
}
