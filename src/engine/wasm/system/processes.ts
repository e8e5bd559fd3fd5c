import type { Status } from "../../host/primitives/launcher.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import type { Imports, Machine } from "../machine/machine.js";
import type { WasmVersion } from "../package/versions.js";
import type { SystemOptions } from "./system.js";

/** Thrown through Lua when a program asks for its end. */
export class Exited {
  readonly code: number;

  constructor(code: number) {
    this.code = code & 0xff;
  }
}

/** What C's library does with processes. */
export function processImports(
  machine: () => Machine,
  calls: SystemCalls,
  { beforeExit, refuse }: SystemOptions,
): Imports {
  return {
    exit: (code = 0) => {
      beforeExit();
      throw new Exited(code);
    },
    system: (command = 0) => {
      if (command === 0) return 1;
      try {
        return statusFor(machine().compiled.version, calls.run(machine().memory.text(command)));
      } catch (error) {
        return refuse(error);
      }
    },
  };
}

/**
 * 5.1 hands on what wait(2) gives. Later ones tell signals from exit codes where they know of POSIX, which this one does
 * not: whoever asks for the status of a command gets it of `execute` in bind.ts.
 */
function statusFor(version: WasmVersion, { how, code }: Status): number {
  if (version === "5.1") return how === "exit" ? code * 256 : code;
  return code;
}
