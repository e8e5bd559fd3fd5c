import type { Config } from "./types.js";

/** A configuration whose programs may stand still: with a debugger they run one at a time, once, and for as long as it takes. */
export function withoutHaste(config: Config): Config {
  return config.debug === null ? config : { ...config, jobs: 1, retry: 0, timeout: 0, maxInstructions: 0 };
}
