import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LuacovError } from "../../errors.js";
import { currentFolder } from "../../files/files.js";
import type { Config } from "../../types.js";
import type { Answer, Order } from "./messages.js";
import { moved, movedText } from "./moved.js";
import type { Copy, Workshop } from "./workshop.js";

const script = fileURLToPath(new URL("./process.js", import.meta.url));

/** A process that runs tests in a copy of the project. */
export interface MutantWorker {
  readonly copy: Copy;
  /** What it answers; null where it has ended without an answer, or had none in so many milliseconds and was ended. */
  ask(order: Order, limit?: number): Promise<Answer | null>;
  /** Ends it, and removes its copy. */
  close(): Promise<void>;
}

/** Starts one in a new copy. `root` is that of the project itself. */
export function startMutantWorker(
  workshop: Workshop,
  root: string,
  signal: AbortSignal | undefined,
): MutantWorker {
  const copy = workshop.makeCopy();
  const child = fork(script, [copy.root, workshop.original, workshop.folder], {
    cwd: copy.folder,
    env: environmentOf(workshop, copy, root),
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", () => resolve(null));
  });
  const kill = () => child.kill("SIGKILL");
  if (signal?.aborted) kill();
  signal?.addEventListener("abort", kill);
  const shown = (message: string) =>
    movedText(movedText(message, copy.root, root), copy.folder, currentFolder());
  const started = nextAnswer(child, ended, shown);
  return {
    copy,
    ask: async (order, limit) => {
      if ((await started) === null || !child.connected) return null;
      const timer = limit === undefined ? undefined : setTimeout(kill, limit);
      const answer = nextAnswer(child, ended, shown);
      child.send(order);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      signal?.removeEventListener("abort", kill);
      const timer = setTimeout(kill, patience);
      if (child.connected) child.send({ kind: "close" } satisfies Order, () => {});
      await ended;
      clearTimeout(timer);
      copy.remove();
    },
  };
}

/** How long the end of a process may take, in milliseconds. */
const patience = 10_000;

/** Throws what the process says that it has failed of, with paths as `shown` has them. */
async function nextAnswer(
  child: ChildProcess,
  ended: Promise<null>,
  shown: (message: string) => string,
): Promise<Answer | null> {
  const settled = new AbortController();
  const message = once(child, "message", { signal: settled.signal }).then(([answer]): Answer => answer);
  try {
    const answer = await Promise.race([message, ended]);
    if (answer?.kind !== "failed") return answer;
    if (answer.code === null) throw new Error(answer.message);
    throw new LuacovError(answer.code, shown(answer.message));
  } finally {
    settled.abort();
    message.catch(() => {});
  }
}

/** Paths of the project are those of its copy, and what is kept for later or for the moment goes with that. */
function environmentOf({ folder }: Workshop, copy: Copy, root: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...inherited } = process.env;
  const own = Object.entries(inherited).map(([name, value]) => [
    name,
    movedText(value ?? "", root, copy.root),
  ]);
  const temporary = path.join(folder, "tmp");
  return {
    ...Object.fromEntries(own),
    PWD: copy.folder,
    TMPDIR: temporary,
    XDG_CACHE_HOME: path.join(folder, "cache"),
  };
}

/** A configuration as it is in a copy, in which all is kept that runs leave. */
export function configIn({ root }: Copy, config: Config): Config {
  const tempDir = path.join(root, ".nyc_output");
  const testRecord = path.join(tempDir, "luacov-ts", "tests.json");
  return { ...moved(config, config.cwd, root), tempDir, testRecord };
}
