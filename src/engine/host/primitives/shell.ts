import { spawnSync } from "node:child_process";
import { constants } from "node:os";
import type { CommandOutput } from "./commandOutput.js";
import type { WorkingDirectory } from "./directory.js";
import type { Environment } from "./environment.js";
import { bytesOf, textOf, type Value } from "./value.js";

/** How a process ended: its exit code, or the number of the signal that ended it. */
export interface Status {
  readonly how: "exit" | "signal";
  readonly code: number;
}

/** The descriptors that a child gets as its standard input, output and error. */
export type Descriptors = readonly [number, number, number];

/** What runs a program's commands: the system's shell, in the program's folder and environment. */
export class Shell {
  readonly #directory: WorkingDirectory;
  readonly #environment: Environment;
  /** Where commands write what is not for a pipe. */
  readonly standard: CommandOutput;

  constructor(directory: WorkingDirectory, environment: Environment, standard: CommandOutput) {
    this.#directory = directory;
    this.#environment = environment;
    this.standard = standard;
  }

  /** Runs a command to its end. */
  run(command: Uint8Array, stdio: Descriptors): Status {
    const [file, args] = invocation(command);
    const result = spawnSync(file, args, { ...this.options, stdio: [...stdio] });
    this.standard.collect();
    if (result.error !== undefined) throw result.error;
    if (result.signal !== null) return { how: "signal", code: constants.signals[result.signal] };
    return { how: "exit", code: result.status ?? 0 };
  }

  /** Where a child runs. */
  get options() {
    return {
      cwd: textOf(this.#directory.current),
      env: this.#environment.all,
      // Messages of the shell begin with its name.
      ...(process.platform === "win32" ? {} : { argv0: "sh" }),
      windowsVerbatimArguments: process.platform === "win32",
    };
  }
}

/** The file and arguments with which C's system would start a command. */
export function invocation(command: Uint8Array): [file: string, args: string[]] {
  if (process.platform === "win32") {
    return [process.env.ComSpec ?? "cmd.exe", ["/d", "/s", "/c", `"${textOf(command)}"`]];
  }
  return ["/bin/sh", ["-c", shellText(command)]];
}

/** Node's arguments are text; a command that is not UTF-8 is spelled in octal for the shell to read. */
function shellText(command: Uint8Array): string {
  const text = textOf(command);
  if (Buffer.compare(Buffer.from(text, "utf8"), command) === 0) return text;
  const octal = Array.from(command, (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `eval "$(printf '${octal}')"`;
}

export function shellPrimitives(shell: Shell) {
  return {
    /**
     * Runs a command with the standard streams of the program. Like C's system, and unlike popen, it does not write
     * what is still in buffers.
     */
    run: (command: Uint8Array): Value =>
      statusValue(shell.run(command, [0, shell.standard.output, shell.standard.error])),
  };
}

/** As the host libraries in Lua take it. */
export function statusValue({ how, code }: Status): Value {
  return { how: bytesOf(how), code };
}
