import { type AnalysedFiles, analyseProbed } from "./analyse.js";
import { openAnalysisCache } from "./analysis/cache.js";
import { findSources } from "./discover/sources.js";
import type { Executor, ExecutorOptions } from "./engine/engine.js";
import { type AgentFolder, makeAgentFolder } from "./engine/native/agent/agentFolder.js";
import { createCompiledFiles } from "./engine/native/jobs/compiledFiles.js";
import { createNativeExecutor } from "./engine/native/jobs/executor.js";
import type { Measuring } from "./engine/native/jobs/measured.js";
import { luaCommand, luasOnPath } from "./engine/native/luaCommand.js";
import { findNativeLua, type NativeLua } from "./engine/native/nativeLua.js";
import { type WasmVersion, wasmVersionOf } from "./engine/wasm/package/versions.js";
import { sandboxedLua, severalLuas, unusableLua } from "./errors.js";
import { luaNames } from "./harness/plan/luaNames.js";
import { createWasmExecutor } from "./harness/run/embedded/wasm/executor.js";
import { type AgentDoubts, agentNotices } from "./probing/agentNotices.js";
import { openProbeCache } from "./probing/cache.js";
import { type ProbedSources, probeSources } from "./probing/sources.js";
import type { Config, Hits, Notice, Plan } from "./types.js";

/** A Lua that probes measure: one of the user's, or one of PUC-Rio's that is embedded. */
export type FoundLua =
  | (NativeLua & { readonly kind: "native" })
  | { readonly kind: "wasm"; readonly name: string; readonly version: WasmVersion };

/** What tests in Luas of the user's need beside them, and what these leave. */
export interface NativeRun {
  createExecutor(lua: string, options: ExecutorOptions): Executor;
  /** What is covered, and what is to be said of it; with `all`, what cannot be read is told by who looks at all. */
  coverageOf(hits: Hits, loaded: ReadonlySet<string>): Promise<AnalysedFiles>;
  close(): void;
}

/**
 * The Luas that tests are to run in, null for fengari. Throws CONFIG for a command that is none, and for one
 * that a sandbox cannot hold.
 */
export async function findLuas(config: Config): Promise<readonly (FoundLua | null)[]> {
  return Promise.all(
    luaNames(config).map(async (name) => {
      if (name === null) return null;
      const version = wasmVersionOf(name);
      if (version !== null) return { kind: "wasm", name, version } as const;
      if (config.sandbox) throw sandboxedLua(name);
      const found = await findNativeLua(name);
      if ("problem" in found) throw unusableLua(name, found.problem, luasOnPath(process.env.PATH ?? ""));
      return { kind: "native", ...found } as const;
    }),
  );
}

/**
 * The words of the command by which one program runs in the user's Lua; null for one that is embedded. Throws CONFIG where
 * there are several to choose from, and for what a sandbox cannot hold.
 */
export function nativeCommand(config: Config): readonly string[] | null {
  const [name = null, ...others] = luaNames(config);
  if (others.length > 0) throw severalLuas(config.lua);
  if (name === null || wasmVersionOf(name) !== null) return null;
  if (config.sandbox) throw sandboxedLua(name);
  return luaCommand(name);
}

/** Prepares for tests in some Luas; null when none of them is the user's. Throws NOT_WRITABLE. */
export async function beginNativeRun(
  config: Config,
  { sources, scope }: Plan,
  luas: readonly (FoundLua | null)[],
): Promise<NativeRun | null> {
  const probing = luas.filter((lua) => lua !== null);
  if (probing.length === 0) return null;
  const probed = await probeSources(
    config.all && config.luacov?.untested == null ? sources : findSources(scope),
    {
      root: config.cwd,
      cache: openProbeCache(config.cwd),
      jobs: config.jobs,
    },
  );
  const agent = makeAgentFolder(probed.sources, config.collector);
  const reports: AgentDoubts[] = [];
  const removed: string[] = [];
  const measuring = measuringBy(agent, probed, reports, removed);
  const natives = probing.filter((lua) => lua.kind === "native");
  const prepared = natives.map((lua) => ({
    ...lua,
    compiled: createCompiledFiles(lua, agent.makeJobFolder().path),
  }));
  return {
    createExecutor: (name, options) => {
      const version = wasmVersionOf(name);
      if (version !== null) return createWasmExecutor(version, measuring, options);
      const lua = prepared.find((each) => each.name === name);
      if (lua === undefined) throw new Error(`${name} was found before`);
      return createNativeExecutor(lua, measuring, options);
    },
    coverageOf: async (hits, loaded) => {
      const { cwd: root, linesOnly, jobs } = config;
      const options = { root, linesOnly, jobs, cache: openAnalysisCache(root) };
      const { coverage, notices } = await analyseProbed(probed.sources, hits, () => false, options);
      return {
        coverage,
        notices: [
          ...probed.notices.filter(({ file }) => !config.all && loaded.has(file) && !probed.noLua.has(file)),
          ...notices,
          ...agentNotices(root, reports, probed.sources),
          ...removed.map(removedNotice),
        ],
      };
    },
    close: () => {
      for (const { compiled } of prepared) compiled.close();
      agent.close();
    },
  };
}

function removedNotice(folder: string): Notice {
  const loss = "so what the Lua programs that used it covered is not counted";
  return { level: "warning", file: folder, message: `${folder} was removed while the tests ran, ${loss}` };
}

function measuringBy(
  agent: AgentFolder,
  { sources }: ProbedSources,
  reports: AgentDoubts[],
  removed: string[],
): Measuring {
  const paths = new Map(sources.map(({ key, path }) => [key, path]));
  return {
    agent,
    pathOf: (key) => paths.get(key),
    // Of thousands of programs, the counts would fill the memory.
    onReport: ({ processes, unended, changed, unprobed, probes, lines }) => {
      const keys = { probes: new Set(probes.keys()), lines: new Set(lines.keys()) };
      reports.push({ processes, unended, changed, unprobed, ...keys });
    },
    onRemoved: (folder) => removed.push(folder),
  };
}
