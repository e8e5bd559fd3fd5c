import { initialStopPoints } from "./debug/terminal/initial.js";
import { createTerminal, type DebugTerminal } from "./debug/terminal/terminal.js";
import { currentFolder } from "./files/files.js";
import type { Config, DebugRequest } from "./types.js";

/** A debugger in the terminal of this process. `onQuit` hears that the user wants no program any more. */
export function openTerminal(request: DebugRequest, onQuit: () => void): DebugTerminal {
  const cwd = currentFolder();
  const points = initialStopPoints(request, cwd);
  const { stdin: input, stdout: output } = process;
  return createTerminal({ input, output, cwd, points, log: request.log, onQuit });
}

/** A configuration whose programs may stand still: with a debugger they run one at a time, once, and for as long as it takes. */
export function withoutHaste(config: Config): Config {
  return config.debug === null ? config : { ...config, jobs: 1, retry: 0, timeout: 0, maxInstructions: 0 };
}
