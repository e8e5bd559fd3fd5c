import type { Config } from "../../types.js";

/**
 * A configuration whose programs may stand still: with a debugger they run one at a time, once, and for as long as it takes. Nobody
 * traces them meanwhile.
 */
export function forDebugging(config: Config): Config {
  if (config.debug === null) return config;
  const unlimited = { jobs: 1, retry: 0, timeout: 0, maxInstructions: 0 };
  return { ...config, ...unlimited, trace: null };
}
