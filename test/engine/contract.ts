import path from "node:path";
import { createEmbeddedExecutor } from "../../build/harness/run/embedded/executor.js";
import { createWasmExecutor } from "../../build/harness/run/embedded/wasm/executor.js";
import type { Executor, ExecutorOptions, JobEnd } from "../../src/engine/engine.js";
import { type AgentFolder, makeAgentFolder } from "../../src/engine/native/agent/agentFolder.js";
import { createCompiledFiles } from "../../src/engine/native/jobs/compiledFiles.js";
import { createNativeExecutor } from "../../src/engine/native/jobs/executor.js";
import type { Measuring } from "../../src/engine/native/jobs/measured.js";
import type { News } from "../../src/engine/news.js";
import { wasmVersionOf } from "../../src/engine/wasm/package/versions.js";
import type { LuaVersion } from "../../src/source/dialect.js";
import type { Job, Program, Style } from "../../src/types.js";
import { type DebianLua, luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { embeddedLuas } from "../support/testLua.js";
import { type ToolName, toolPath } from "../support/tools.js";

/** The Luas that are embedded, and every one that Debian has. */
export const engines = ["fengari", ...embeddedLuas, ...luas] as const;

export type EngineName = (typeof engines)[number];

/** What must be on the machine for an engine. */
export function toolsOf(engine: EngineName): readonly ToolName[] {
  return luas.filter((lua) => lua === engine);
}

export interface Ran extends JobEnd {
  /** What was told and written, in order: `out: …`, `err: …`, `start NAME`, `success NAME`, `complete`. */
  readonly told: readonly string[];
}

const defaults = {
  maxMemory: 0,
  workers: 1,
  environment: process.env,
  timeout: 0,
  signal: undefined,
  debug: null,
} as const;

type GivenProgram = Partial<Program> & { readonly file: string; readonly style?: Style };

/** Runs some programs one after the other by one executor; `%s` in what is told stands for their folder. */
export async function runOn(
  engine: EngineName,
  files: Readonly<Record<string, string>>,
  programs: readonly GivenProgram[],
  options: Partial<ExecutorOptions> = {},
  onNews: (news: News) => void = () => {},
): Promise<readonly Ran[]> {
  const folder = makeFolder(files);
  const placed = programs.map((program) => ({ folder, ...program }));
  return runPlaced(engine, placed, { ...defaults, ...options }, onNews);
}

/** Runs some programs one after the other by one executor, each in a folder of its own. */
export async function runApart(
  engine: EngineName,
  programs: readonly (GivenProgram & { readonly files: Readonly<Record<string, string>> })[],
): Promise<readonly Ran[]> {
  const placed = programs.map(({ files, ...program }) => ({ folder: makeFolder(files), ...program }));
  return runPlaced(engine, placed, defaults, () => {});
}

async function runPlaced(
  engine: EngineName,
  programs: readonly (GivenProgram & { readonly folder: string })[],
  options: ExecutorOptions,
  onNews: (news: News) => void,
): Promise<readonly Ran[]> {
  const { executor, close } = createExecutor(engine, options);
  const ran: Ran[] = [];
  try {
    for (const { folder, style = "script", ...program } of programs) {
      const told: string[] = [];
      const job = jobOf(folder, style, program);
      const end = await executor.run(job, (news) => {
        tell(told, news, folder);
        onNews(news);
      });
      ran.push({ ...end, told });
    }
  } finally {
    await close();
  }
  return ran;
}

function createExecutor(
  engine: EngineName,
  options: ExecutorOptions,
): { readonly executor: Executor; close(): Promise<void> } {
  if (engine === "fengari") {
    const executor = createEmbeddedExecutor(options);
    return { executor, close: () => executor.close() };
  }
  const agent = makeAgentFolder([]);
  const measuring = { agent, pathOf: () => undefined, onReport: () => {}, onRemoved: () => {} };
  const version = wasmVersionOf(engine);
  if (version !== null) {
    const executor = createWasmExecutor(version, measuring, options);
    return { executor, close: () => executor.close().then(agent.close) };
  }
  return createNative(nativeOf(engine), agent, measuring, options);
}

function createNative(
  engine: DebianLua,
  agent: AgentFolder,
  measuring: Measuring,
  options: ExecutorOptions,
): { readonly executor: Executor; close(): Promise<void> } {
  const lua = { name: engine, command: [toolPath(engine)], version: versionOf(engine) } as const;
  const compiled = createCompiledFiles(lua, agent.makeJobFolder().path, agent.agent);
  const executor = createNativeExecutor({ ...lua, compiled }, measuring, options);
  const close = async () => {
    compiled.close();
    agent.close();
  };
  return { executor, close };
}

function nativeOf(engine: EngineName): DebianLua {
  const lua = luas.find((each) => each === engine);
  if (lua === undefined) throw new Error(`${engine} is no engine`);
  return lua;
}

function versionOf(lua: DebianLua): LuaVersion {
  const versions = {
    "lua5.1": "5.1",
    "lua5.2": "5.2",
    "lua5.3": "5.3",
    "lua5.4": "5.4",
    luajit: "LuaJIT",
  } as const;
  return versions[lua];
}

function jobOf(folder: string, style: Style, program: Partial<Program> & { readonly file: string }): Job {
  const file = path.join(folder, program.file);
  const steps = style === "spec" ? { steps: [{ kind: "tests", style, file, settings: {} } as const] } : {};
  const scope = { root: folder, tests: [file], include: [], exclude: [], extension: [".lua"] };
  return {
    program: { args: [], packagePath: path.join(folder, "?.lua"), ...steps, ...program, file },
    scope,
    test: { style, round: 1, lua: null },
  };
}

function tell(told: string[], news: News, folder: string): void {
  switch (news.kind) {
    case "output":
      for (const { stream, bytes } of news.outputs)
        write(told, stream === "stdout" ? "out: " : "err: ", bytes, folder);
      break;
    case "test start":
      told.push(`start ${news.names.join(" ")}`);
      break;
    case "test end":
      told.push(`${news.report.status} ${news.report.names.join(" ")}`);
      break;
    case "tests complete":
      told.push("complete");
      break;
    case "loaded":
      break;
  }
}

/** How output is cut into pieces is nobody's business. */
function write(told: string[], stream: string, bytes: Uint8Array, folder: string): void {
  const text = Buffer.from(bytes).toString("latin1").replaceAll(folder, "%s");
  const last = told.at(-1);
  if (last?.startsWith(stream)) told[told.length - 1] = last + text;
  else told.push(stream + text);
}
