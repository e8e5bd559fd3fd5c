import { topObject } from "../machine/values.js";
import type { State } from "../state.js";
import type { Handed } from "./handed.js";

/** The files that C's library has open, each with a buffer of its own. */
export interface OpenFiles {
  /** Writes what is in their buffers, as `fflush(NULL)` does, and the end of a process. */
  flush(): void;
  /** The number in the table of what closes a file, null in 5.1, which has it in environments. */
  readonly closer: number | null;
  /** The number of the stream of a handle that is at the top of Lua's stack and open. */
  streamAtTop(L: number): number;
  /** Where the userdata at the top has its FILE, behind which 5.2 and later keep the function that closes it. */
  handleAtTop(L: number): number;
}

/** FILE of musl's stdio_impl.h: offsets in bytes. */
const offsets = { wpos: 20, wbase: 28, write: 36, previous: 52, next: 56, descriptor: 60 } as const;

/** No stream has this number. */
const ownDescriptor = 0x7ace1;

/**
 * C keeps a list of open files, in which a new one comes before those that are open already: from one of ours, which is opened before
 * all others and never closed, the list leads to them. Throws where it is not as in musl.
 */
export function openFiles(state: State, handed: Handed): OpenFiles {
  const { api, L } = state;
  const { memory, table } = api.machine;
  const fileAtTop = (L1: number): number => {
    api.getField(L1, api.registry, names.address);
    api.pushValue(L1, -2);
    api.call(L1, 1, 1);
    const found = /\(0x([0-9a-f]+)\)/.exec(Buffer.from(api.toBytes(L1, -1) ?? []).toString());
    api.pop(L1);
    if (found === null) throw new Error("a file says not where it is");
    return Number.parseInt(found[1] ?? "", 16);
  };
  api.load(L, "return io.stdout, getmetatable(io.stdout).__tostring");
  api.call(L, 0, 2);
  api.setField(L, api.registry, names.address);
  const output = fileAtTop(L);
  api.pop(L);
  const handleAtTop = (L1: number) => {
    const file = fileAtTop(L1);
    const object = topObject(api, L1, state.layout);
    const found = handleOffsets.find((offset) => memory.word(object + offset) === file);
    if (found === undefined) throw new Error("where a handle has its file cannot be told");
    return object + found;
  };
  api.load(L, 'return io.open("/", "r")');
  handed.as(ownDescriptor, () => api.call(L, 0, 1));
  const own = fileAtTop(L);
  const closer = api.machine.compiled.version === "5.1" ? null : memory.word(handleAtTop(L) + 4);
  forgetTop(state);
  const check = (file: number, descriptor: number) => {
    if (memory.word(file + offsets.descriptor) !== descriptor) throw new Error("C has its files otherwise");
  };
  check(own, ownDescriptor);
  check(output, 1);
  const flushOne = (file: number) => {
    if (memory.word(file + offsets.wpos) === memory.word(file + offsets.wbase)) return;
    table.get(memory.word(file + offsets.write))(file, 0, 0);
  };
  return {
    closer,
    streamAtTop: (L1) => memory.word(fileAtTop(L1) + offsets.descriptor),
    flush: () => {
      const files: number[] = [];
      let file = memory.word(own + offsets.previous);
      for (; file !== 0; file = memory.word(file + offsets.previous)) files.push(file);
      // As at the end of a process, what was opened last comes first.
      for (const each of files.reverse()) flushOne(each);
      flushOne(output);
    },
    handleAtTop,
  };
}

const names = { address: "luacov-ts file address" } as const;

/** Behind the head of a userdata, in words of four bytes. */
const handleOffsets = Array.from({ length: 16 }, (_, index) => 8 + index * 4);

/** Without its metatable a handle is nothing to the collector that has to be closed. */
function forgetTop({ api, L }: State): void {
  api.load(L, "debug.setmetatable(..., nil)");
  api.pushValue(L, -2);
  api.call(L, 1, 0);
  api.pop(L);
}
