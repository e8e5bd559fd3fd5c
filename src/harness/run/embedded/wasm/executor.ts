import type { Executor, ExecutorOptions } from "../../../../engine/engine.js";
import { type Measuring, runMeasured } from "../../../../engine/native/jobs/measured.js";
import type { WasmVersion } from "../../../../engine/wasm/package/versions.js";
import { noHits } from "../../../../hits/sum.js";
import { wasmScript } from "../scripts.js";
import { createJobThread } from "../thread/jobThread.js";
import { environmentOfWorker, withoutAbsent } from "./environment.js";

/** Runs jobs in one of PUC-Rio's Luas, measured as in a Lua of the user's. */
export function createWasmExecutor(
  version: WasmVersion,
  measuring: Measuring,
  options: ExecutorOptions,
): Executor {
  const { agent } = measuring;
  const environment = environmentOfWorker(options.environment);
  const thread = createJobThread(wasmScript, { ...options, environment });
  return {
    run: (job, onNews) =>
      runMeasured(measuring, job, onNews, (folder) => {
        const own = { ...agent.environment, ...job.program.environment, ...folder.environment };
        const lua = { version, agent: agent.agent, environment: withoutAbsent(own) };
        return thread.run({ kind: "job", job, lua }, (news) => {
          if (news.kind !== "chunk") onNews(news);
        });
      }),
    close: thread.close,
  };
}

/** Runs programs that measure themselves, if they do, for who has started this process. */
export function createWasmChildExecutor(version: WasmVersion, options: ExecutorOptions): Executor {
  const thread = createJobThread(wasmScript, options);
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
