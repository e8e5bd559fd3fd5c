import type { ChildProcess } from "node:child_process";
import { startCommand, statusOf } from "../../../engine/host/primitives/commands/launcher.js";
import { endProcesses, type Family, hasGroup } from "../../../engine/host/processes.js";
import type { CommandReply, CommandRequest } from "./messages.js";
import type { MessagePort } from "./threads.js";

/** The commands of one worker's programs, which this thread starts for them. */
export interface Commands {
  /** What follows is started for a program with these variables of its own, by which its processes are known. */
  begin(environment: Readonly<Record<string, string>>, isTest: boolean): void;
  /** Ends what the program has started, and what that has started in turn. */
  end(): Promise<void>;
  close(): void;
}

/** `onNews` is called after each reply, for a worker that waits for it. */
export function createCommands(port: MessagePort, onNews: () => void): Commands {
  let variables: Readonly<Record<string, string>> = {};
  let hasGroups = false;
  const started = new Map<number, ChildProcess>();
  const tell = (reply: CommandReply) => {
    port.postMessage(reply);
    onNews();
  };
  port.on("message", ({ id, command }: CommandRequest) => {
    const detached = hasGroups;
    const child = startQuietly(() => startCommand(command, detached));
    if (typeof child === "string") return tell({ id, news: { kind: "refused", code: child } });
    const { pid } = child;
    child.once("error", (error) => tell({ id, news: { kind: "refused", code: codeOf(error) } }));
    child.once("exit", (code, signal) => {
      // Its group may live on, in the background.
      if (pid !== undefined && !(detached && hasGroup(pid))) started.delete(pid);
      tell({ id, news: { kind: "ended", status: statusOf(code, signal) } });
    });
    if (pid === undefined) return;
    started.set(pid, child);
    tell({ id, news: { kind: "started" } });
  });
  port.unref();
  return {
    begin: (environment, isTest) => {
      variables = environment;
      hasGroups = isTest && process.platform !== "win32";
      started.clear();
    },
    end: () => {
      const family: Family = { roots: [...started.keys()], hasGroups, variables };
      started.clear();
      return endProcesses(family);
    },
    close: () => port.close(),
  };
}

/** The child, or the code of what the system said. */
function startQuietly(start: () => ChildProcess): ChildProcess | string {
  try {
    return start();
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "EIO";
}
