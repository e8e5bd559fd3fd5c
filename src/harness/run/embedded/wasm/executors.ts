import type { Executor, ExecutorOptions } from "../../../../engine/engine.js";
import type { Measuring } from "../../../../engine/native/jobs/measured.js";
import type { WasmVersion } from "../../../../engine/wasm/package/versions.js";

/** Makes executors of PUC-Rio's Luas. A worker has started for the first of one version. */
export interface WasmExecutors {
  create(version: WasmVersion, measuring: Measuring, options: ExecutorOptions): Executor;
  /** Ends the worker, unless it has become an executor's. */
  close(): void;
}
