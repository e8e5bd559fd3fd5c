import { constants, readFileSync } from "node:fs";
import type { Output } from "../../../../types.js";
import type { Sink } from "../../sink.js";
import { isTerminal } from "../builtins.js";
import type { Status } from "../commands/launcher.js";
import type { Shell } from "../commands/shell.js";
import { SystemError } from "../failure.js";
import { type Pause, sleep } from "../pause.js";
import { openNameless } from "../temporary.js";
import { textOf } from "../value.js";
import { awaitWriter, seekingOf, sizeOf } from "./descriptor.js";
import { inputSource, standardTwin } from "./standard.js";
import { type Buffering, Stream, type StreamOptions } from "./stream.js";

const nothing = new Uint8Array(0);

/** The numbers by which the Lua side knows the standard streams; they are those of their descriptors. */
const standard = { input: 0, output: 1, error: 2 } as const;

/** Blocks until a command has ended. */
export type Wait = () => Status | null;

/** The open files of one program, by the number that its handles hold. */
export class Streams {
  readonly #open = new Map<number, Stream>();
  readonly #commands = new Map<number, Wait>();
  readonly output: Stream;
  readonly error: Stream;
  readonly pause: Pause;
  #next = 3;

  /** With a sink, it gets what is written to the standard streams. Without input, that is at its end. */
  constructor(sink: Sink | null, shell: Shell, hasInput = true) {
    const { pause } = shell;
    this.pause = pause;
    this.output =
      sink === null
        ? standardStream(standard.output, isTerminal(standard.output) ? "line" : "full", pause)
        : sinkStream(sink, "stdout");
    this.error = sink === null ? standardStream(standard.error, "no", pause) : sinkStream(sink, "stderr");
    const isDialogue = isTerminal(standard.output) && isTerminal(standard.input);
    const input = {
      source: hasInput ? inputSource(standard.input, shell) : () => nothing,
      ...(isDialogue ? { before: () => this.flushQuietly() } : {}),
    };
    this.#open.set(standard.input, standardStream(standard.input, "full", pause, input));
    this.#open.set(standard.output, this.output);
    this.#open.set(standard.error, this.error);
  }

  /** Writes a line as C's print does, which flushes; for a sink its own pace is prompt enough. */
  print(line: Uint8Array): void {
    this.output.write(line);
    if (this.output.hasDescriptor) this.output.flush();
  }

  find(id: number): Stream | null {
    return this.#open.get(id) ?? null;
  }

  get(id: number): Stream {
    const stream = this.find(id);
    if (stream === null) throw new SystemError("EBADF");
    return stream;
  }

  add(stream: Stream): number {
    const id = this.#next++;
    this.#open.set(id, stream);
    return id;
  }

  /** A pipe to a command. */
  addPipe(stream: Stream, wait: Wait): number {
    const id = this.add(stream);
    this.#commands.set(id, wait);
    return id;
  }

  /** Has a number stand for the file of another one, as dup2(2) has; what it stood for is closed. */
  duplicate(id: number, as: number): void {
    const stream = this.get(id);
    if (this.find(as) !== null) this.close(as);
    this.#open.set(as, stream);
  }

  /** A file is closed with the last of its numbers. */
  close(id: number): void {
    const stream = this.get(id);
    this.#open.delete(id);
    if (![...this.#open.values()].includes(stream)) stream.close();
  }

  /** Closes a pipe and waits for its command; null when nobody knows how it ended. */
  closePipe(id: number): Status | null {
    const wait = this.#commands.get(id);
    this.#commands.delete(id);
    // A command that ended before it read everything is no error: its status says more.
    quietly(() => this.close(id));
    return wait?.() ?? null;
  }

  flushAll(): void {
    for (const stream of this.#open.values()) stream.flush();
  }

  /**
   * As at the end of a process: everything is written, what was opened last comes first, and nobody is left to tell
   * what failed. A program that came to its end also waits for its commands.
   */
  closeAll(waits: boolean): void {
    const opened = [...this.#open.keys()].filter((each) => each > standard.error);
    for (const id of opened.reverse()) {
      quietly(() => (waits && this.#commands.has(id) ? this.closePipe(id) : this.close(id)));
    }
    quietly(() => this.error.flush());
    this.flushQuietly();
  }

  /** Writes what the program has printed; that nobody reads it is no error. */
  flushQuietly(): void {
    quietly(() => this.output.flush());
  }
}

/** `open` gives a descriptor for a path as the program has it. */
export function streamPrimitives(streams: Streams, open: (path: Uint8Array, flags: number) => number) {
  return {
    open: (path: Uint8Array, mode: Uint8Array) => {
      const flags = flagsOf(textOf(mode));
      return streams.add(fileStream(open(path, flags), flags, streams.pause));
    },
    /** A file without a name, which ends with its handle. */
    openTemporary: () => streams.add(fileStream(openNameless(), flagsOf("w+"), streams.pause)),
    close: (id: number) => {
      streams.close(id);
      return true;
    },
    read: (id: number, count: number) => streams.get(id).read(count),
    readAll: (id: number) => streams.get(id).readAll(),
    readLine: (id: number, withNewline: boolean) => streams.get(id).readLine(withNewline),
    peek: (id: number) => streams.get(id).peek(),
    write: (id: number, bytes: Uint8Array) => {
      streams.get(id).write(bytes);
      return true;
    },
    flush: (id: number) => {
      streams.get(id).flush();
      return true;
    },
    seek: (id: number, whence: Uint8Array, offset: number) => {
      const from = textOf(whence);
      return streams.get(id).seek(from === "set" || from === "end" ? from : "cur", offset);
    },
    setBuffering: (id: number, mode: Uint8Array) => {
      const name = textOf(mode);
      streams.get(id).setBuffering(name === "no" || name === "line" ? name : "full");
      return true;
    },
    isatty: (id: number) => isOfTerminal(streams.get(id)),
  };
}

/** Nobody sits at the other end of a sink. */
function isOfTerminal(stream: Stream): boolean {
  return stream.hasDescriptor && isTerminal(stream.fd);
}

function sinkStream(sink: Sink, name: Output["stream"]): Stream {
  return new Stream(name === "stdout" ? standard.output : standard.error, {
    readable: false,
    writable: true,
    append: false,
    seeking: "none",
    buffering: "no",
    position: 0,
    pause: sleep,
    sink: { write: (bytes) => sink.write(name, bytes), flush: () => sink.flush() },
  });
}

/** A file that was opened with flags of open(2). */
export function fileStream(fd: number, flags: number, pause: Pause): Stream {
  const input = awaitWriter(fd, flags, pause);
  const access = flags & (constants.O_WRONLY | constants.O_RDWR);
  const append = (flags & constants.O_APPEND) !== 0;
  return new Stream(fd, {
    readable: access !== constants.O_WRONLY,
    writable: access !== constants.O_RDONLY,
    append,
    seeking: seekingOf(fd),
    buffering: isTerminal(fd) ? "line" : "full",
    position: append && access === constants.O_WRONLY ? sizeOf(fd) : 0,
    pause,
    input,
  });
}

/** As fopen reads its mode. */
function flagsOf(mode: string): number {
  const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = constants;
  const access = mode.includes("+") ? O_RDWR : mode.startsWith("r") ? O_RDONLY : O_WRONLY;
  if (mode.startsWith("r")) return access;
  return access | O_CREAT | (mode.startsWith("a") ? O_APPEND : O_TRUNC);
}

/**
 * Standard output and error share their position with whoever has the same file open, which the system keeps;
 * a file that is standard input can be sought, from where it stands.
 */
function standardStream(
  fd: number,
  buffering: Buffering,
  pause: Pause,
  more: Pick<StreamOptions, "before" | "source"> = {},
): Stream {
  const input = fd === standard.input;
  const seekable = input && isOpen(fd) && seekingOf(fd) === "position";
  return new Stream(fd, {
    readable: input,
    writable: !input,
    append: false,
    seeking: seekable ? "position" : "none",
    buffering,
    position: seekable ? offsetOf(fd) : 0,
    pause,
    twin: standardTwin(fd, input ? "r" : "w"),
    ...more,
  });
}

function isOpen(fd: number): boolean {
  try {
    seekingOf(fd);
    return true;
  } catch {
    return false;
  }
}

/** Where a descriptor stands that was inherited; Node has no lseek. */
function offsetOf(fd: number): number {
  try {
    return Number(/^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "latin1"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function quietly(action: () => unknown): void {
  try {
    action();
  } catch {
    // What the system refuses at the end of a program, C does not report either.
  }
}
