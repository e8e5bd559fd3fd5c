import type { Host } from "../../host/host.js";
import type { Imports, Machine } from "../machine/machine.js";
import { type Bypass, createBypass } from "./bypass.js";
import { environmentImports } from "./environment.js";
import { fileImports, type Refuse } from "./files.js";
import { processImports } from "./processes.js";
import { timeImports } from "./times.js";

export interface SystemOptions {
  /** Called when the program asks for its end, while Lua is still there, or has just been closed. */
  readonly beforeExit: () => void;
  readonly refuse: Refuse;
  /** What the time is, in seconds since 1970, if not what the system says. */
  readonly now?: () => number;
}

/** All that C's library asks of the system, by what surrounds a program. */
export function systemImports(
  machine: () => Machine,
  host: Host,
  options: SystemOptions,
  bypass: Bypass = createBypass(host),
): Imports {
  const { calls, wide, commands } = bypass;
  return {
    ...fileImports(machine, calls, { ...bypass, refuse: options.refuse }),
    ...environmentImports(machine, host.environment),
    ...timeImports(machine, host.times, wide, options.now),
    ...processImports(machine, calls, { ...options, onCommand: commands.onEnd }),
  };
}
