import type { LuaFunction } from "../machine/functions.js";
import type { MachineMemory } from "../machine/memory.js";
import { topFunction, topObject } from "../machine/values.js";
import type { State } from "../state.js";
import type { Handed } from "./handed.js";

/** The files that C's library has open, each with a buffer of its own. Handles of Lua's are at the top of its stack, and open. */
export interface OpenFiles {
  /** Writes what is in their buffers, as `fflush(NULL)` does, and the end of a process. */
  flush(): void;
  /** C's function that closes the file of its first argument. */
  readonly close: LuaFunction;
  /** Sets what is to close a handle, by its number in the table; not in 5.1. */
  setCloser(L: number, index: number): void;
  /** The number of the stream. */
  streamOf(L: number): number;
  isWritable(L: number): boolean;
  /**
   * Makes what C has just opened behave as elsewhere: reading what is open for writing alone fails as any reading does, by what
   * the system says of it; and the buffer is as large as that of other C libraries.
   */
  adapt(L: number): void;
}

/** FILE of musl's stdio_impl.h: offsets in bytes, and two of its flags. */
const offsets = {
  flags: 0,
  wpos: 20,
  wbase: 28,
  read: 32,
  write: 36,
  buffer: 44,
  bufferSize: 48,
  previous: 52,
  descriptor: 60,
} as const;
const flags = { noReading: 4, noWriting: 8 } as const;

/** No stream has this number. */
const ownDescriptor = 0x7ace1;

/**
 * C keeps a list of open files, in which a new one comes before those that are open already: from one of ours, which is opened
 * before all others and never closed, the list leads to them. Throws where it is not as in musl.
 */
export function openFiles(state: State, handed: Handed): OpenFiles {
  const { api, layout } = state;
  const { memory, table } = api.machine;
  const own = openOwn(state, handed);
  const output = standardFile(state, "stdout");
  check(memory, own.file, ownDescriptor);
  check(memory, output, 1);
  const handleOf = (L: number) => topObject(api, L, layout) + own.handleOffset;
  const fileOf = (L: number) => memory.word(handleOf(L));
  const letReadingFail = (file: number) =>
    memory.setWord(file + offsets.flags, memory.word(file + offsets.flags) & ~flags.noReading);
  for (const file of [output, standardFile(state, "stderr")]) {
    letReadingFail(file);
    // They were made to be written alone.
    memory.setWord(file + offsets.read, memory.word(own.file + offsets.read));
  }
  const enlarge = enlarger(state, handed);
  enlarge(output);
  enlarge(standardFile(state, "stdin"));
  const flush = (file: number) => {
    if (memory.word(file + offsets.wpos) === memory.word(file + offsets.wbase)) return;
    table.get(memory.word(file + offsets.write))(file, 0, 0);
  };
  return {
    close: closerOf(state, own),
    setCloser: (L, index) => memory.setWord(handleOf(L) + closerOffset, index),
    streamOf: (L) => memory.word(fileOf(L) + offsets.descriptor),
    isWritable: (L) => (memory.word(fileOf(L) + offsets.flags) & flags.noWriting) === 0,
    adapt: (L) => {
      const file = fileOf(L);
      letReadingFail(file);
      enlarge(file);
    },
    flush: () => {
      // As at the end of a process, what was opened last comes first.
      for (const file of newerThan(memory, own.file).reverse()) flush(file);
      flush(output);
    },
  };
}

/** A page, and what musl has before it for `ungetc`. */
const bufferSize = 4096;
const beforeBuffer = 8;

/** Gives a FILE a larger buffer, which the next one gets when that is closed. */
function enlarger({ api }: State, handed: Handed): (file: number) => void {
  const { memory } = api.machine;
  const free: number[] = [];
  const used = new Map<number, number>();
  handed.onClose((id) => {
    const buffer = used.get(id);
    if (buffer !== undefined) free.push(buffer);
    used.delete(id);
  });
  return (file) => {
    const buffer = free.pop() ?? api.machine.function("malloc")(beforeBuffer + bufferSize);
    if (buffer === 0) return;
    used.set(memory.word(file + offsets.descriptor), buffer);
    memory.setWord(file + offsets.buffer, buffer + beforeBuffer);
    memory.setWord(file + offsets.bufferSize, bufferSize);
  };
}

/** From 5.2 on, behind the address of the FILE in a handle. */
const closerOffset = 4;

function check(memory: MachineMemory, file: number, descriptor: number): void {
  if (memory.word(file + offsets.descriptor) !== descriptor) throw new Error("C has its files otherwise");
}

function newerThan(memory: MachineMemory, first: number): number[] {
  const files: number[] = [];
  for (let file = first; ; ) {
    file = memory.word(file + offsets.previous);
    if (file === 0) return files;
    files.push(file);
  }
}

interface OwnFile {
  readonly file: number;
  /** Where userdata have the address of their FILE. */
  readonly handleOffset: number;
  /** The number in the table of what closes it; in 5.1 that is elsewhere. */
  readonly closer: number;
}

/** Without its metatable a handle is nothing to the collector that has to be closed. */
function openOwn(state: State, handed: Handed): OwnFile {
  const { api, L, layout } = state;
  const { memory } = api.machine;
  api.load(L, 'local file = io.open("/", "r") return file, tostring(file)');
  handed.as(ownDescriptor, () => api.call(L, 0, 2));
  const file = addressIn(api.toBytes(L, -1));
  api.pop(L);
  const object = topObject(api, L, layout);
  const handleOffset = words.find((offset) => memory.word(object + offset) === file);
  if (handleOffset === undefined) throw new Error("where a handle has its file cannot be told");
  const closer = memory.word(object + handleOffset + closerOffset);
  api.load(L, "debug.setmetatable(..., nil)");
  api.pushValue(L, -2);
  api.call(L, 1, 0);
  api.pop(L);
  return { file, handleOffset, closer };
}

/** Behind the head of a userdata. */
const words = Array.from({ length: 16 }, (_, index) => 8 + index * 4);

function closerOf({ api, L, layout }: State, { closer }: OwnFile): LuaFunction {
  const { table, compiled } = api.machine;
  if (compiled.version !== "5.1") return table.get(closer) as LuaFunction;
  api.load(L, "return debug.getfenv(io.open).__close");
  api.call(L, 0, 1);
  const { index } = topFunction(api, L, layout);
  api.pop(L);
  return table.get(index) as LuaFunction;
}

function standardFile({ api, L }: State, name: "stdin" | "stdout" | "stderr"): number {
  api.load(L, `return tostring(io.${name})`);
  api.call(L, 0, 1);
  const file = addressIn(api.toBytes(L, -1));
  api.pop(L);
  return file;
}

/** In what Lua makes a text of for a handle. */
function addressIn(text: Uint8Array | null): number {
  const found = /\(0x([0-9a-f]+)\)/.exec(Buffer.from(text ?? []).toString());
  if (found === null) throw new Error("a file does not say where it is");
  return Number.parseInt(found[1] ?? "", 16);
}
