import { SystemError } from "../failure.js";
import { createPieces } from "../memory.js";
import type { Pause } from "../pause.js";
import { closeDescriptor, readSome, type Seeking, sizeOf, writeAll } from "./descriptor.js";

const NEWLINE = 10;
const EMPTY = new Uint8Array(0);
/** A pipe's bytes may be meant for a child process; a file's are not. */
const PIPE_INPUT_SIZE = 4096;
const FILE_INPUT_SIZE = 32768;
const OUTPUT_SIZE = 4096;

/** When written bytes go on to the system: at once, with the end of a line, or when the buffer is full. */
export type Buffering = "no" | "line" | "full";

export interface StreamOptions {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly append: boolean;
  readonly seeking: Seeking;
  readonly buffering: Buffering;
  /** Where the first byte is read or written, for a descriptor that seeks. */
  readonly position: number;
  readonly pause: Pause;
  /** Bytes that were read of it already. */
  readonly input?: Uint8Array;
  /** The descriptor to read and write in place of that which names the stream. */
  readonly twin?: () => number;
  /** The next input, empty at the end; null for what the descriptor gives. */
  readonly source?: () => Uint8Array | null;
  /** Takes what is written, at once, instead of the system. */
  readonly sink?: { write(bytes: Uint8Array): void; flush(): void };
  /** Called before the system is asked for input or given output. */
  readonly before?: () => void;
}

/** An open file with its buffers: C's FILE. Its methods throw what the system refuses. */
export class Stream {
  readonly fd: number;
  readonly #options: StreamOptions;
  /** Of the next byte that the system reads or writes; null where the system keeps it. */
  #position: number | null;
  #input: Uint8Array = EMPTY;
  #inputBuffer: Uint8Array = EMPTY;
  #output: Uint8Array[] = [];
  #outputSize = 0;
  #buffering: Buffering;
  /** As in glibc, the first write finds no buffer yet; what is to have none gets one of a byte, for good. */
  #hasBuffer = false;
  #bufferSize = OUTPUT_SIZE;

  constructor(fd: number, options: StreamOptions) {
    this.fd = fd;
    this.#options = options;
    this.#position = options.seeking === "position" ? options.position : null;
    this.#buffering = options.buffering;
    this.#input = options.input ?? EMPTY;
  }

  /** False for one whose bytes do not go to the system. */
  get hasDescriptor(): boolean {
    return this.#options.sink === undefined;
  }

  /** At most `count` bytes, fewer only at the end; null when there are none. */
  read(count: number): Uint8Array | null {
    const parts = createPieces();
    let missing = count;
    while (missing > 0 && this.#fill()) {
      const part = this.#take(Math.min(missing, this.#input.length));
      parts.add(part);
      missing -= part.length;
    }
    return missing === count && count > 0 ? null : parts.joined();
  }

  /** What there is, at least a byte and at most `count`; none at the end. */
  readSome(count: number): Uint8Array {
    return this.#fill() ? this.#take(Math.min(count, this.#input.length)) : EMPTY;
  }

  /** Everything up to the end. */
  readAll(): Uint8Array {
    const parts = createPieces();
    while (this.#fill()) parts.add(this.#take(this.#input.length));
    return parts.joined();
  }

  /** The next line, with its newline or without; null at the end. */
  readLine(withNewline: boolean): Uint8Array | null {
    const parts = createPieces();
    let found = false;
    while (this.#fill()) {
      found = true;
      const end = this.#input.indexOf(NEWLINE);
      if (end === -1) {
        parts.add(this.#take(this.#input.length));
        continue;
      }
      parts.add(this.#take(withNewline ? end + 1 : end));
      if (!withNewline) this.#input = this.#input.subarray(1);
      return parts.joined();
    }
    return found ? parts.joined() : null;
  }

  /** The next byte, which stays where it is; null at the end. */
  peek(): number | null {
    return this.#fill() ? (this.#input[0] ?? null) : null;
  }

  write(bytes: Uint8Array): void {
    const { writable, sink } = this.#options;
    if (!writable) throw new SystemError("EBADF");
    if (sink !== undefined) {
      sink.write(bytes);
      return;
    }
    this.#dropInput();
    const due = this.#dueWith(bytes);
    this.#output.push(bytes);
    this.#outputSize += bytes.length;
    this.#hasBuffer = true;
    if (due > 0) this.#emit(due);
  }

  flush(): void {
    this.#options.sink?.flush();
    if (this.#outputSize > 0) this.#emit(this.#outputSize);
  }

  /** Writes the first `count` of the bytes that wait. */
  #emit(count: number): void {
    const bytes = joined(this.#output);
    // Bytes that the system refuses are lost, as they would be refused again, and so is what was written with them.
    this.#output = [];
    this.#outputSize = 0;
    const { append, pause } = this.#options;
    writeAll(this.#descriptor, bytes.subarray(0, count), append ? null : this.#position, pause);
    if (this.#position !== null) this.#position = append ? sizeOf(this.fd) : this.#position + count;
    if (count === bytes.length) return;
    this.#output = [bytes.slice(count)];
    this.#outputSize = bytes.length - count;
  }

  /** Moves to `offset` from the start, from here or from the end, and says where that is. */
  seek(whence: "set" | "cur" | "end", offset: number): number {
    this.flush();
    if (this.#options.seeking === "zero") return 0;
    if (this.#position === null) throw new SystemError("ESPIPE");
    const here = this.#position - this.#input.length;
    const base = whence === "set" ? 0 : whence === "cur" ? here : sizeOf(this.fd);
    if (base + offset < 0) throw new SystemError("EINVAL");
    this.#input = EMPTY;
    this.#position = base + offset;
    return this.#position;
  }

  /** As glibc's setvbuf without a buffer of the program's: only to have none flushes. */
  setBuffering(buffering: Buffering): void {
    if (this.#buffering === "no" && this.#hasBuffer) this.#bufferSize = 1;
    if (buffering === "no") this.flush();
    this.#hasBuffer ||= buffering === "no";
    this.#buffering = buffering;
  }

  /** Writes what waits and closes the descriptor, whatever comes of the writing. */
  close(): void {
    try {
      this.flush();
    } finally {
      closeDescriptor(this.fd);
    }
  }

  /** How many of the bytes that wait go on once these are among them. */
  #dueWith(bytes: Uint8Array): number {
    const all = this.#outputSize + bytes.length;
    if (this.#buffering === "no") return all;
    const newline = this.#buffering === "line" ? bytes.lastIndexOf(NEWLINE) : -1;
    const lines = newline === -1 ? 0 : this.#outputSize + newline + 1;
    // What just fills the buffer waits in it.
    if (all - lines <= this.#bufferSize && this.#hasBuffer) return lines;
    return all - ((all - lines) % this.#bufferSize);
  }

  /** Whether there is unread input, reading some if need be. */
  #fill(): boolean {
    if (!this.#options.readable) throw new SystemError("EBADF");
    if (this.#input.length > 0) return true;
    this.flush();
    this.#options.before?.();
    this.#input = this.#options.source?.() ?? this.#readSome();
    if (this.#position !== null) this.#position += this.#input.length;
    return this.#input.length > 0;
  }

  #readSome(): Uint8Array {
    if (this.#inputBuffer.length === 0) {
      this.#inputBuffer = new Uint8Array(this.#position === null ? PIPE_INPUT_SIZE : FILE_INPUT_SIZE);
    }
    const count = readSome(this.#descriptor, this.#inputBuffer, this.#position, this.#options.pause);
    return this.#inputBuffer.subarray(0, count);
  }

  get #descriptor(): number {
    return this.#options.twin?.() ?? this.fd;
  }

  /** A copy: the buffer is filled again. */
  #take(count: number): Uint8Array {
    const taken = this.#input.slice(0, count);
    this.#input = this.#input.subarray(count);
    return taken;
  }

  /** What was read ahead is written over, where it makes sense. */
  #dropInput(): void {
    if (this.#input.length === 0 || this.#position === null) return;
    this.#position -= this.#input.length;
    this.#input = EMPTY;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return new Uint8Array(Buffer.concat(parts));
}
