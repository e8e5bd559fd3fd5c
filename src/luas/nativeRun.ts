import { type AnalysedFiles, type AnalyseOptions, analyseProbed } from "../analysis/analyse.js";
import { findSources } from "../discover/sources.js";
import type { Executor, ExecutorOptions } from "../engine/engine.js";
import { type AgentFolder, makeAgentFolder } from "../engine/native/agent/agentFolder.js";
import { createCompiledFiles } from "../engine/native/jobs/compiledFiles.js";
import { createNativeExecutor } from "../engine/native/jobs/executor.js";
import type { Measuring } from "../engine/native/jobs/measured.js";
import { wasmVersionOf } from "../engine/wasm/package/versions.js";
import { endEarly } from "../harness/run/embedded/thread/early.js";
import { createWasmExecutor } from "../harness/run/embedded/wasm/executor.js";
import { type AgentDoubts, agentNotices } from "../probing/agentNotices.js";
import { openProbeCache } from "../probing/cache.js";
import { type ProbedSources, probeSources } from "../probing/sources.js";
import type { Config, Hits, Notice, Plan } from "../types.js";
import type { FoundLua } from "./luas.js";

/** What tests in Luas of the user's need beside them, and what these leave. */
export interface NativeRun {
  createExecutor(lua: string, options: ExecutorOptions): Executor;
  /** What is covered, and what is to be said of it; with `all`, what cannot be read is told by who looks at all. */
  coverageOf(hits: Hits, loaded: ReadonlySet<string>, options: AnalyseOptions): Promise<AnalysedFiles>;
  close(): void;
}

/** Prepares for so many tests in some Luas that probes measure. Throws NOT_WRITABLE. */
export async function beginNativeRun(
  config: Config,
  { sources, scope }: Plan,
  probing: readonly FoundLua[],
  jobs: number,
): Promise<NativeRun> {
  const probed = await probeSources(
    config.all && config.luacov?.untested == null ? sources : findSources(scope),
    {
      root: config.cwd,
      cache: openProbeCache(config.cwd),
      jobs: config.jobs,
    },
  );
  const reports: AgentDoubts[] = [];
  const removed: string[] = [];
  // Of earlier runs there may be something to conclude where nothing runs.
  const programs = jobs === 0 ? noPrograms : preparePrograms(config, probing, probed, reports, removed);
  return {
    createExecutor: programs.createExecutor,
    coverageOf: async (hits, loaded, options) => {
      const { notices, ...analysed } = await analyseProbed(probed.sources, hits, () => false, options);
      return {
        ...analysed,
        notices: [
          ...probed.notices.filter(({ file }) => !config.all && loaded.has(file) && !probed.noLua.has(file)),
          ...notices,
          ...agentNotices(options.root, reports, probed.sources),
          ...removed.map(removedNotice),
        ],
      };
    },
    close: () => {
      endEarly();
      programs.close();
    },
  };
}

type Programs = Pick<NativeRun, "createExecutor" | "close">;

const noPrograms: Programs = {
  createExecutor: () => {
    throw new Error("there are no jobs");
  },
  close: () => {},
};

function preparePrograms(
  { collector, profile, trace }: Config,
  probing: readonly FoundLua[],
  probed: ProbedSources,
  reports: AgentDoubts[],
  removed: string[],
): Programs {
  const agent = makeAgentFolder(probed.sources, collector, profile, trace);
  const measuring = measuringBy(agent, probed, reports, removed);
  const natives = probing.filter((lua) => lua.kind === "native");
  const prepared = natives.map((lua) => ({
    ...lua,
    compiled: createCompiledFiles(lua, agent.makeJobFolder().path, agent.agent),
  }));
  return {
    createExecutor: (name, options) => {
      const version = wasmVersionOf(name);
      if (version !== null) return createWasmExecutor(version, measuring, options);
      const lua = prepared.find((each) => each.name === name);
      if (lua === undefined) throw new Error(`${name} was found before`);
      return createNativeExecutor(lua, measuring, options);
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
    onReport: ({ processes, unended, changed, unprobed, listeners, probes, lines }) => {
      const keys = { probes: new Set(probes.keys()), lines: new Set(lines.keys()) };
      reports.push({ processes, unended, changed, unprobed, listeners, ...keys });
    },
    onRemoved: (folder) => removed.push(folder),
  };
}
