import type { Executor, ExecutorOptions } from "../../engine/engine.js";
import type { Job } from "../../types.js";
import { createEmbeddedExecutor } from "./embedded/executor.js";

/** Makes the executor of a Lua of the user's. */
export type NativeExecutors = (lua: string, options: ExecutorOptions) => Executor;

/** In which Lua a job runs; null for fengari. */
export function luaOf({ test, lua }: Job): string | null {
  return test?.lua ?? lua ?? null;
}

/** Runs jobs of any Lua: for each there is an executor once a job has asked for it. */
export function createExecutors(options: ExecutorOptions, natives: NativeExecutors | null): Executor {
  const made = new Map<string | null, Executor>();
  const executorOf = (lua: string | null): Executor => {
    const known = made.get(lua);
    if (known !== undefined) return known;
    const executor = lua === null ? createEmbeddedExecutor(options) : native(lua);
    made.set(lua, executor);
    return executor;
  };
  const native = (lua: string): Executor => {
    if (natives === null) throw new Error(`nobody has prepared for ${lua}`);
    return natives(lua, options);
  };
  return {
    run: (job, onNews) => executorOf(luaOf(job)).run(job, onNews),
    close: async () => {
      await Promise.all([...made.values()].map((executor) => executor.close()));
    },
  };
}
