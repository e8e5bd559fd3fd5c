import type { Config } from "./config.js";

/** One of several sets of options by which a run tests: a folder with a configuration of its own, or what differs from that of the root. */
export interface TestProject {
  readonly name: string;
  readonly config: Config;
}
