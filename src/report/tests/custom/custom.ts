import path from "node:path";
import { Worker } from "node:worker_threads";
import { badTestReporter, failedTestReporter } from "../../../errors/reporters.js";
import { isFile } from "../../../files/files.js";
import type { TestEvent, TestReporter, TestReporterContext } from "../../../types.js";
import type { ReporterReply, ReporterRequest, ReporterSetup } from "./customMessages.js";

/** The file of a user's own reporter, which is named relative to the project root; null when there is none. */
export function customFile(name: string, root: string): string | null {
  const file = path.resolve(root, name);
  return isFile(file) ? file : null;
}

/** How long a reporter may take for what is left after an interruption, in milliseconds. */
const grace = 1000;

/**
 * The reporter that a module makes by its default export, in a thread of its own. Throws BAD_TEST_REPORTER, also for
 * what the reporter throws later: a mistake in it is its author's to mend.
 */
export async function createCustomReporter(
  name: string,
  file: string,
  context: TestReporterContext,
): Promise<TestReporter> {
  const thread = startThread(name, file, context);
  await thread.ask(null);
  return async (event) => {
    const isLast = event.kind === "run end";
    const timer = isLast && event.interrupted ? setTimeout(() => thread.giveUp(), grace) : undefined;
    await thread.ask(event);
    clearTimeout(timer);
    if (isLast) await thread.close();
  };
}

interface ReporterThread {
  /** Resolves once the reporter is through with an event; null is its making. */
  ask(event: TestEvent | null): Promise<void>;
  /** Ends it in the midst of whatever it does, and says so. */
  giveUp(): void;
  /** Resolves once it has ended, for which it has as long as a reporter has in the end. */
  close(): Promise<void>;
}

interface Pending {
  readonly doing: string;
  resolve(): void;
  reject(error: Error): void;
}

function startThread(name: string, file: string, context: TestReporterContext): ReporterThread {
  const { root, colors, environment, terminal } = context;
  const columns = terminal === null ? null : { columns: terminal.columns };
  const workerData: ReporterSetup = {
    file,
    root,
    colors,
    environment: { ...environment },
    terminal: columns,
  };
  const worker = new Worker(new URL("./customThread.js", import.meta.url), { workerData });
  const pending = new Map<number, Pending>();
  let last = 0;
  let hasEnded = false;
  const settle = (id: number, how: (each: Pending) => void) => {
    const each = pending.get(id);
    pending.delete(id);
    // Nobody waits for a reporter that waits for events.
    if (pending.size === 0) worker.unref();
    if (each !== undefined) how(each);
  };
  const rejectAll = (reason: (doing: string) => Error) => {
    for (const [id, { doing }] of [...pending]) settle(id, ({ reject }) => reject(reason(doing)));
  };
  const write = ({ kind, chunk }: Written) => {
    try {
      context[kind](chunk);
    } catch (error) {
      rejectAll(() => (error instanceof Error ? error : new Error(String(error))));
    }
  };
  worker.on("message", (reply: ReporterReply) => {
    if (reply.kind === "done") settle(reply.id, ({ resolve }) => resolve());
    else if (reply.kind === "failed") settle(reply.id, ({ reject }) => reject(failure(name, reply)));
    else write(reply);
  });
  let late: Error | null = null;
  worker.on("error", (error) => {
    if (pending.size === 0) late = failedTestReporter(name, "its end", error);
    rejectAll((doing) => failedTestReporter(name, doing, error));
  });
  worker.on("exit", () => {
    hasEnded = true;
    rejectAll((doing) => endless(name, doing));
  });
  return {
    ask: (event) => {
      const doing = event === null ? "its start" : `the event "${event.kind}"`;
      if (hasEnded) return Promise.reject(endless(name, doing));
      return new Promise((resolve, reject) => {
        const id = ++last;
        pending.set(id, { doing, resolve, reject });
        worker.ref();
        worker.postMessage({ id, event } satisfies ReporterRequest);
      });
    },
    giveUp: () => {
      const [doing] = Array.from(pending.values(), (each) => each.doing);
      context.writeError(`${endless(name, doing ?? "its end").message}\n`);
      for (const id of [...pending.keys()]) settle(id, ({ resolve }) => resolve());
    },
    close: async () => {
      if (!hasEnded) {
        const exited = new Promise((resolve) => worker.once("exit", resolve));
        const timer = setTimeout(() => worker.terminate(), grace);
        worker.ref();
        worker.postMessage("close" satisfies ReporterRequest);
        await exited;
        clearTimeout(timer);
      }
      if (late !== null) throw late;
    },
  };
}

type Written = Extract<ReporterReply, { readonly kind: "write" | "writeError" }>;

function failure(name: string, { doing, message }: Extract<ReporterReply, { kind: "failed" }>) {
  return doing === null ? badTestReporter(name, message) : failedTestReporter(name, doing, message);
}

function endless(name: string, doing: string) {
  return badTestReporter(name, `never came to the end of ${doing}`);
}
