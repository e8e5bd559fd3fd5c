import type { Executor, ExecutorOptions } from "../../../engine/engine.js";
import { type Measuring, runMeasured } from "../../../engine/native/jobs/measured.js";
import type { WasmVersion } from "../../../engine/wasm/package/versions.js";
import { createJobThread } from "./jobThread.js";

/** Runs jobs in one of PUC-Rio's Luas, measured as in a Lua of the user's. */
export function createWasmExecutor(
  version: WasmVersion,
  measuring: Measuring,
  options: ExecutorOptions,
): Executor {
  const { agent } = measuring;
  const thread = createJobThread({
    ...options,
    environment: { ...options.environment, ...agent.environment },
  });
  return {
    run: (job, onNews) =>
      runMeasured(measuring, job, onNews, (folder) => {
        const lua = { version, agent: agent.agent, environment: folder.environment };
        return thread.run({ kind: "job", job, lua }, (news) => {
          if (news.kind !== "chunk") onNews(news);
        });
      }),
    close: thread.close,
  };
}
