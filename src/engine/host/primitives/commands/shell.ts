import type { WorkingDirectory } from "../directory.js";
import type { Environment } from "../environment.js";
import type { Pause } from "../pause.js";
import { bytesOf, textOf, type Value } from "../value.js";
import type { CommandOutput } from "./commandOutput.js";
import type { Command, Descriptors, Launcher, Status } from "./launcher.js";

/** What runs a program's commands: the system's shell, in the program's folder and environment. */
export class Shell {
  readonly #directory: WorkingDirectory;
  readonly #environment: Environment;
  readonly #launcher: Launcher;
  /** Where commands write what is not for a pipe. */
  readonly standard: CommandOutput;
  readonly pause: Pause;

  constructor(
    directory: WorkingDirectory,
    environment: Environment,
    standard: CommandOutput,
    { launcher, pause }: { readonly launcher: Launcher; readonly pause: Pause },
  ) {
    this.#directory = directory;
    this.#environment = environment;
    this.#launcher = launcher;
    this.standard = standard;
    this.pause = pause;
  }

  get canBeEnded(): boolean {
    return this.#launcher.canBeEnded;
  }

  /** Runs a command to its end. */
  run(command: Uint8Array, stdio: Descriptors): Status {
    try {
      return this.#launcher.run(this.#command(command, stdio));
    } finally {
      this.standard.collect();
    }
  }

  /** Starts a command; `wait` blocks until its end. */
  start(command: Uint8Array, stdio: Descriptors): { wait(): Status | null } {
    const started = this.#launcher.start(this.#command(command, stdio));
    return {
      wait: () => {
        const status = started.wait();
        this.standard.collect();
        return status;
      },
    };
  }

  #command(command: Uint8Array, stdio: Descriptors): Command {
    const [file, args] = invocation(command);
    return { file, args, stdio, cwd: textOf(this.#directory.current), env: this.#environment.all };
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
    run: (command: Uint8Array): Value => statusValue(runInShell(shell, command)),
  };
}

/** Runs a command with the standard streams of the program. */
export function runInShell(shell: Shell, command: Uint8Array): Status {
  return shell.run(command, [0, shell.standard.output, shell.standard.error]);
}

/** As the host libraries in Lua take it. */
export function statusValue({ how, code }: Status): Value {
  return { how: bytesOf(how), code };
}
