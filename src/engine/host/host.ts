import { type AccessNotes, createAccessNotes } from "./accesses.js";
import { bitPrimitives } from "./primitives/bits.js";
import { capturedBy, inherited } from "./primitives/commands/commandOutput.js";
import { type Launcher, localLauncher } from "./primitives/commands/launcher.js";
import { openPipeStream, pipePrimitives } from "./primitives/commands/pipes.js";
import { runInShell, Shell, shellPrimitives } from "./primitives/commands/shell.js";
import { untilZero, WorkingDirectory } from "./primitives/directory.js";
import { Environment, environmentPrimitives } from "./primitives/environment.js";
import { filePrimitives, readWhole } from "./primitives/files.js";
import { numberPrimitives } from "./primitives/numeral.js";
import { type Pause, sleep } from "./primitives/pause.js";
import { openDescriptor } from "./primitives/streams/descriptor.js";
import type { Stream } from "./primitives/streams/stream.js";
import { Streams, streamPrimitives } from "./primitives/streams/streams.js";
import { type SystemCalls, systemCalls } from "./primitives/systemCalls.js";
import { clockPrimitives } from "./primitives/time/clock.js";
import { type LocalTimes, localTimes, timePrimitives } from "./primitives/time/localTime.js";
import { type Primitives, textOf } from "./primitives/value.js";
import { isWriting } from "./sandbox/open.js";
import { createSandbox } from "./sandbox/sandbox.js";
import type { Sink } from "./sink.js";

/** What surrounds one program: its open files, current directory and environment. Knows no engine. */
export interface Host {
  /** Made when the first of them is needed. */
  primitives(): Primitives;
  /** The same files for an engine with a C library of its own. */
  systemCalls(): SystemCalls;
  /** What of that a sandbox holds, without it: for files of ours. Null without a sandbox. */
  freeCalls(): FreeCalls | null;
  readonly directory: WorkingDirectory;
  readonly environment: Environment;
  readonly times: LocalTimes;
  readonly pause: Pause;
  /** What the program asks of the system; null where nobody wants to know. */
  readonly accesses: AccessNotes | null;
  /** An open stream by its number, null when there is none. */
  stream(id: number): Stream | null;
  /** Throws what the system refuses. */
  readFile(path: Uint8Array): Uint8Array;
  /** All of standard input. */
  readInput(): Uint8Array;
  /** Writes to the program's standard output; that nobody reads it is no error. */
  print(bytes: Uint8Array): void;
  /** Writes to the program's standard error. */
  complain(bytes: Uint8Array): void;
  /** Passes on what the program and its commands have written so far. */
  flush(): void;
  /** Writes and closes what is open, as the end of a process does; `waits` for open pipes' commands, too. */
  close(waits: boolean): void;
}

/** System calls that write to files by their names. */
export type FreeCalls = Pick<SystemCalls, "open" | "rename" | "unlink">;

export interface HostOptions {
  /** A project root, outside of which nothing is written; and no program is started. */
  readonly sandbox?: string | null;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets what the program and its commands write to standard output and error. */
  readonly sink?: Sink | null;
  /** Starts its commands, from this thread if nothing else is said. */
  readonly launcher?: Launcher;
  /** How it waits. */
  readonly pause?: Pause;
  /** Whether it may read standard input, which somebody else may need. */
  readonly hasInput?: boolean;
  /** Hears of each Lua file that the program looks for, by its absolute path, whether it is there or not. */
  readonly onLook?: (file: string) => void;
  /** Whether it is noted what the program asks of the system. */
  readonly notesAccesses?: boolean;
}

export function createHost({
  sandbox = null,
  environment: variables = {},
  sink = null,
  launcher = localLauncher,
  pause = sleep,
  hasInput = true,
  onLook = () => {},
  notesAccesses = false,
}: HostOptions = {}): Host {
  const directory = new WorkingDirectory();
  const accesses = notesAccesses ? createAccessNotes(directory) : null;
  const environment = new Environment(variables);
  const commandOutput = sink === null ? inherited : capturedBy(sink);
  const shell = new Shell(directory, environment, commandOutput, { launcher, pause });
  const streams = new Streams(sink, shell, hasInput);
  const openAtOnce = (path: Uint8Array, flags: number) => openDescriptor(path, flags, pause);
  const box = sandbox === null ? null : createSandbox({ root: sandbox, directory, open: openAtOnce });
  const open = (path: Uint8Array, flags: number) =>
    box !== null && isWriting(flags)
      ? box.openForWriting(path, flags)
      : openAtOnce(directory.resolve(path), flags);
  const times = localTimes(environment);
  const files = filePrimitives(directory);
  const look = (given: Uint8Array) => {
    const file = directory.resolveText(textOf(untilZero(given)));
    accesses?.look(file);
    onLook(file);
  };
  const readable = (file: Uint8Array) => {
    look(file);
    return files.readable(file);
  };
  // A literal that spreads so many functions has a shape of its own each time, in V8, which keeps them until the whole heap is collected.
  const allPrimitives = (): Primitives =>
    Object.assign(
      {},
      streamPrimitives(streams, open),
      files,
      { readable },
      environmentPrimitives(environment),
      shellPrimitives(shell),
      pipePrimitives(streams, shell),
      clockPrimitives(pause),
      timePrimitives(times),
      numberPrimitives(),
      bitPrimitives(),
      box?.primitives,
    );
  return {
    primitives: () => accesses?.around(allPrimitives()) ?? allPrimitives(),
    accesses,
    systemCalls: () => {
      // The engine's C library has buffers of its own.
      streams.output.setBuffering("no");
      const commands = {
        run: (command: Uint8Array) => runInShell(shell, command),
        openPipe: (command: Uint8Array, direction: "r" | "w") =>
          openPipeStream(streams, shell, command, direction),
      };
      const { run, openPipe, ...named } = { ...files, ...commands, ...box?.primitives };
      return systemCalls({ streams, directory, files: named, shell: { run, openPipe }, open });
    },
    freeCalls: () => {
      if (box === null) return null;
      const commands = { run: refused, openPipe: refused };
      const anywhere = (path: Uint8Array, flags: number) => openAtOnce(directory.resolve(path), flags);
      return systemCalls({ streams, directory, files, shell: commands, open: anywhere });
    },
    directory,
    environment,
    times,
    pause,
    stream: (id) => streams.find(id),
    readFile: (path) => {
      look(path);
      return readWhole(directory.resolve(path), pause);
    },
    readInput: () => streams.get(0).readAll(),
    print: (bytes) => quietly(() => streams.print(bytes)),
    complain: (bytes) => quietly(() => streams.error.write(bytes)),
    flush: () => {
      commandOutput.collect();
      streams.flushQuietly();
    },
    close: (waits) => {
      streams.closeAll(waits);
      commandOutput.collect();
      commandOutput.close();
      streams.flushQuietly();
      box?.close();
    },
  };
}

function refused(): never {
  throw new Error("nobody starts a command without the sandbox");
}

/** C's print does not look either. */
function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // Nobody is left to tell.
  }
}
