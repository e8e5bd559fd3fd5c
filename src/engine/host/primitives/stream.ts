import { closeDescriptor, readSome, type Seeking, sizeOf, writeAll } from "./descriptor.js";
import { SystemError } from "./failure.js";
import { createPieces } from "./memory.js";
import type { Pause } from "./pause.js";

const NEWLINE = 10;
const EMPTY = new Uint8Array(0);
/** A pipe's bytes may be meant for a child process; a file's are not. */
const PIPE_INPUT_SIZE = 4096;
const FILE_INPUT_SIZE = 32768;
const OUTPUT_SIZE = 4096;
const PROMPTLY = 50;

/**
 * When written bytes go on to the system: at once, with every line, or when the buffer is full. "prompt" is
 * full, too, but lets nothing wait that was written more than 50 ms after the last flush.
 */
export type Buffering = "no" | "line" | "full" | "prompt";

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
  #limit = OUTPUT_SIZE;
  #flushed = 0;

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
    this.#output.push(bytes);
    this.#outputSize += bytes.length;
    if (this.#isDue(bytes)) this.flush();
  }

  flush(): void {
    this.#options.sink?.flush();
    if (this.#output.length === 0) return;
    const bytes = joined(this.#output);
    // Bytes that the system refuses are lost, as they would be refused again.
    this.#output = [];
    this.#outputSize = 0;
    if (this.#buffering === "prompt") this.#flushed = performance.now();
    this.#options.before?.();
    const { append, pause } = this.#options;
    writeAll(this.#descriptor, bytes, append ? null : this.#position, pause);
    if (this.#position !== null) this.#position = append ? sizeOf(this.fd) : this.#position + bytes.length;
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

  setBuffering(buffering: Buffering, size: number): void {
    this.flush();
    this.#buffering = buffering;
    this.#limit = size > 0 ? size : OUTPUT_SIZE;
  }

  /** Writes what waits and closes the descriptor, whatever comes of the writing. */
  close(): void {
    try {
      this.flush();
    } finally {
      closeDescriptor(this.fd);
    }
  }

  #isDue(bytes: Uint8Array): boolean {
    switch (this.#buffering) {
      case "no":
        return true;
      case "line":
        return bytes.includes(NEWLINE) || this.#outputSize >= this.#limit;
      case "full":
        return this.#outputSize >= this.#limit;
      case "prompt":
        return this.#outputSize >= this.#limit || performance.now() - this.#flushed > PROMPTLY;
    }
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
