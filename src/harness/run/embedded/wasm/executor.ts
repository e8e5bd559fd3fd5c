import type { Executor, ExecutorOptions } from "../../../../engine/engine.js";
import { type Measuring, runMeasured } from "../../../../engine/native/jobs/measured.js";
import { logicalFolder } from "../../../../engine/native/logicalFolder.js";
import type { WasmVersion } from "../../../../engine/wasm/package/versions.js";
import { noHits } from "../../../../hits/sum.js";
import { createJobThread } from "../jobThread.js";

const script = new URL("./worker.js", import.meta.url);

/** Runs jobs in one of PUC-Rio's Luas, measured as in a Lua of the user's. */
export function createWasmExecutor(
  version: WasmVersion,
  measuring: Measuring,
  options: ExecutorOptions,
): Executor {
  const { agent } = measuring;
  const environment = withoutAbsent({
    ...options.environment,
    PWD: logicalFolder(),
    ...agent.environment,
  });
  const thread = createJobThread(script, { ...options, environment });
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

/** A thread would have "undefined" for what is undefined. */
function withoutAbsent(environment: ExecutorOptions["environment"]): ExecutorOptions["environment"] {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
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
