import type { Status } from "../../host/primitives/commands/launcher.js";
import type { Failure } from "../../host/primitives/failure.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import type { Imports, Machine } from "../machine/machine.js";
import type { WasmVersion } from "../package/versions.js";
import { failureIn } from "./failureIn.js";
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
  {
    beforeExit,
    onCommand,
    refuse,
  }: SystemOptions & {
    /** Hears how a command ended, or what kept it from running. */
    readonly onCommand: (end: Status | Failure) => void;
  },
): Imports {
  return {
    exit: (code = 0) => {
      beforeExit();
      throw new Exited(code);
    },
    system: (command = 0) => {
      if (command === 0) return 1;
      try {
        const status = calls.run(machine().memory.text(command));
        onCommand(status);
        return statusFor(machine().compiled.version, status);
      } catch (error) {
        onCommand(failureIn(error, refuse));
        return -1;
      }
    },
  };
}

/** 5.1 hands on what wait(2) gives; in later ones library/commands.ts says how the command ended. */
function statusFor(version: WasmVersion, { how, code }: Status): number {
  return version === "5.1" && how === "exit" ? code * 256 : code;
}
