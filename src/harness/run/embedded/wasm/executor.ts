import type { Executor, ExecutorOptions } from "../../../../engine/engine.js";
import { withoutInit } from "../../../../engine/native/agent/luaInit.js";
import { type Measuring, runMeasured } from "../../../../engine/native/jobs/measured.js";
import { logicalFolder } from "../../../../engine/native/logicalFolder.js";
import type { WasmVersion } from "../../../../engine/wasm/package/versions.js";
import { noHits } from "../../../../hits/sum.js";
import { type CrewOptions, type EarlyCrew, startEarly } from "../thread/crew.js";
import { createJobThread } from "../thread/jobThread.js";
import type { WasmExecutors } from "./executors.js";

const script = new URL("./worker.js", import.meta.url);

/** Runs jobs in one of PUC-Rio's Luas, measured as in a Lua of the user's. */
export function createWasmExecutor(
  version: WasmVersion,
  measuring: Measuring,
  options: ExecutorOptions,
  early: EarlyCrew | null = null,
): Executor {
  const { agent } = measuring;
  const thread = createJobThread(script, withFolder(options), early);
  return {
    run: (job, onNews) =>
      runMeasured(measuring, job, onNews, (folder) => {
        const own = { ...agent.environment, ...job.program.environment, ...folder.environment };
        const environment = withoutAbsent(own);
        const lua = { version, agent: agent.agent, environment };
        return thread.run({ kind: "job", job, lua }, (news) => {
          if (news.kind !== "chunk") onNews(news);
        });
      }),
    close: thread.close,
  };
}

/** Starts a worker for jobs of a version while these are being planned. */
export function startWasmEarly(version: WasmVersion, options: CrewOptions): WasmExecutors {
  const early = startEarly(script, version, withFolder(options));
  return {
    create: (asked, measuring, ofExecutor) =>
      createWasmExecutor(asked, measuring, ofExecutor, asked === version ? early : null),
    close: early.close,
  };
}

/** What starts the agent comes with each job. */
function withFolder<Options extends CrewOptions>(options: Options): Options {
  const environment = { ...withoutInit(options.environment), PWD: logicalFolder() };
  return { ...options, environment: withoutAbsent(environment) };
}

/** A thread would have "undefined" for what is undefined. */
function withoutAbsent(environment: ExecutorOptions["environment"]): Record<string, string> {
  const there = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(there);
}

/** Runs programs that measure themselves, if they do, for who has started this process. */
export function createWasmChildExecutor(version: WasmVersion, options: ExecutorOptions): Executor {
  const thread = createJobThread(script, options);
  const agent = options.environment.LUACOV_TS_AGENT ?? null;
  return {
    run: async (job, onNews) => {
      const lua = { version, agent, environment: {} };
      const end = await thread.run({ kind: "job", job, lua }, (news) => {
        if (news.kind !== "chunk") onNews(news);
      });
      return { ...end, hits: noHits };
    },
    close: thread.close,
  };
}
