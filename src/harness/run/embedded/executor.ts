import type { Executor, ExecutorOptions } from "../../../engine/engine.js";
import { hitsOf, type LiveChunk } from "../../../engine/fengari/collect/liveChunk.js";
import { noHits } from "../../../hits/sum.js";
import { emptyProfile } from "../../../profile/merge.js";
import { fengariScript } from "./scripts.js";
import { createJobThread } from "./thread/jobThread.js";

/** Runs jobs in fengari. */
export function createEmbeddedExecutor(options: ExecutorOptions): Executor {
  const thread = createJobThread(fengariScript, options);
  return {
    run: async (job, onNews) => {
      const chunks: LiveChunk[] = [];
      const { profile = emptyProfile, ...end } = await thread.run({ kind: "job", job, lua: null }, (news) => {
        if (news.kind === "chunk") chunks.push(news.chunk);
        else onNews(news);
      });
      return { ...end, hits: { ...noHits, bytecode: hitsOf(chunks), profile } };
    },
    close: thread.close,
  };
}
