import { type CompiledLua, memoryImport } from "../package/compiledLua.js";
import { jumpTableSize } from "../package/jumpTables.js";
import { Instance, type Memory, Table } from "../webAssembly.js";
import { leaveMemory, takeMemory } from "./memories.js";
import { type MachineMemory, machineMemory } from "./memory.js";

/** A function between Lua's C library and the system, by WebAssembly's numbers. */
export type Import = (...args: number[]) => number | undefined;

/** Functions of C's library, by their names there without underscores in front. */
export type Imports = Readonly<Record<string, Import>>;

/** An instance of a Lua: its memory, its functions, and the table in which C's pointers to functions are indexes. */
export interface Machine {
  readonly compiled: CompiledLua;
  readonly memory: MachineMemory;
  readonly table: Table;
  /** A function of Lua's C API. Throws where the package has none of that name. */
  function(name: string): (...args: number[]) => number;
  /** The lua_State in which Lua runs now, 0 for none. */
  running(): number;
}

export interface MachineOptions {
  /** How large its memory may grow, in bytes. */
  readonly greatest: number;
  /** Hears that there was no room for it to grow: Lua then makes an error of that. */
  readonly onFull?: () => void;
  /** Where it writes what runs, for other threads to see. */
  readonly running: Int32Array;
  /** What the system does for it; asked for once the memory is there. */
  imports(machine: () => Machine): Imports;
}

/**
 * What threads share of what runs: the lua_State, 0 for none, whether its program is being ended, whether it is looked at, and whether
 * another thread writes into it; from `hookBefore` on, a lua_State and the four numbers of the hook that it had before it was made to stand
 * still.
 */
export const runningCells = {
  state: 0,
  isEnding: 1,
  sampling: 2,
  isWriting: 3,
  hookBefore: 4,
} as const;

/** From any thread: writes into the lua_State that runs, which is there as long as this takes. Nothing where a program ends. */
export function writeRunning(running: Int32Array, write: (L: number) => void): void {
  Atomics.store(running, runningCells.isWriting, 1);
  try {
    const L = Atomics.load(running, runningCells.state);
    if (L !== 0 && Atomics.load(running, runningCells.isEnding) === 0) write(L);
  } finally {
    Atomics.store(running, runningCells.isWriting, 0);
  }
}

/** A lua_State runs no more, and may soon be gone: whoever has begun to write into it finishes first. */
function leave(running: Int32Array, before: number): void {
  Atomics.store(running, runningCells.state, before);
  while (Atomics.load(running, runningCells.isWriting) !== 0);
}

export function createRunning(): Int32Array {
  return new Int32Array(new SharedArrayBuffer((runningCells.hookBefore + 5) * Int32Array.BYTES_PER_ELEMENT));
}

/** What C's longjmp throws in JavaScript; any other exception goes through all of Lua, as through no pcall. */
const longjmp = { name: "longjmp" };

const pageSize = 2 ** 16;

/** An instance for one program. */
export interface OwnMachine extends Machine {
  /** Once its program is over, and nothing looks at it any more: its memory is for the next one of this thread. */
  leave(): void;
}

/** Makes an instance whose memory is that of a program that has just been started. */
export function createMachine(compiled: CompiledLua, options: MachineOptions): OwnMachine {
  const maximum = Math.max(compiled.pages, Math.floor(options.greatest / pageSize));
  const memory = takeMemory(compiled, maximum);
  const machine = machineOn(memory, compiled, options);
  // As long as nothing has been called, the stack is empty, and the heap begins where it does.
  const heap = machine.function("stackSave")();
  machine.function("wasm_call_ctors")();
  return { ...machine, leave: () => leaveMemory(memory, compiled, maximum, heap) };
}

/** Makes an instance on a memory that is there. */
export function machineOn(
  memory: Memory,
  compiled: CompiledLua,
  options: Omit<MachineOptions, "greatest">,
): Machine {
  let machine: Machine | null = null;
  const ready = () => {
    if (machine === null) throw new Error("the machine asks for something before it is there");
    return machine;
  };
  const given: Imports = { ...ownImports(ready, options), ...options.imports(ready) };
  const instance = new Instance(compiled.module, {
    [memoryImport.module]: { ...joined(compiled, given), [memoryImport.name]: memory },
  });
  machine = machineOf(compiled, instance, memory, options.running);
  return machine;
}

function joined({ imports }: CompiledLua, given: Imports): Record<string, Import> {
  return Object.fromEntries(
    Object.entries(imports).map(([key, name]) => {
      const found = given[name];
      if (found === undefined) throw new Error(`the module asks for ${name}, which nobody gives`);
      return [key, found];
    }),
  );
}

function machineOf(
  compiled: CompiledLua,
  { exports }: Instance,
  memory: Memory,
  running: Int32Array,
): Machine {
  const table = exports[compiled.exports.table ?? ""];
  if (!(table instanceof Table)) throw new Error("the module has no table of functions");
  return {
    compiled,
    memory: machineMemory(memory),
    table,
    function: (name) => {
      const found = exports[compiled.exports[name] ?? ""];
      if (typeof found !== "function") throw new Error(`the module has no ${name}`);
      return found as (...args: number[]) => number;
    },
    running: () => Atomics.load(running, runningCells.state),
  };
}

/** What has to do with the machine itself: its memory, its stack, and how C leaves functions. */
function ownImports(
  machine: () => Machine,
  { running, onFull = () => {} }: Pick<MachineOptions, "running" | "onFull">,
): Imports {
  let upper = 0;
  const jumpTables = createJumpTables(() => machine().function("malloc"));
  let stack: {
    save(): number;
    restore(to: number): number;
    setThrew(value: number, what: number): number;
  } | null = null;
  const stackOf = () => {
    stack ??= {
      save: machine().function("stackSave"),
      restore: machine().function("stackRestore"),
      setThrew: machine().function("setThrew"),
    };
    return stack;
  };
  return {
    getTempRet0: () => upper,
    setTempRet0: (value = 0) => {
      upper = value;
      return 0;
    },
    abort: () => {
      throw new Error("Lua has aborted");
    },
    emscripten_memcpy_big: (to = 0, from = 0, length = 0) => {
      machine()
        .memory.bytes()
        .copyWithin(to, from, from + length);
      return to;
    },
    emscripten_resize_heap: (wanted = 0) => {
      if (wanted === jumpTableSize) return jumpTables.take();
      if (grow(machine().memory.memory, wanted >>> 0)) return 1;
      onFull();
      return 0;
    },
    emscripten_longjmp: (buffer = 0, value = 0) => {
      stackOf().setThrew(buffer, value || 1);
      throw longjmp;
    },
    // Lua calls so whatever may raise an error: a chunk, a protected call, a coroutine that is resumed.
    invoke_vii: (index = 0, L = 0, argument = 0) => {
      const { save, restore, setThrew } = stackOf();
      const top = save();
      const before = Atomics.exchange(running, runningCells.state, L);
      try {
        machine().table.get(index)(L, argument);
      } catch (error) {
        if (error !== longjmp) throw error;
        restore(top);
        setThrew(1, 0);
      } finally {
        leave(running, before);
      }
    },
  };
}

/** As many as C may call Lua, and Lua C, one in the other: LUAI_MAXCCALLS of all versions. */
const greatestDepth = 200;

/** Memory for the tables of jumps that protected calls need, also where a program has used up all that there was. */
function createJumpTables(malloc: () => (size: number) => number): { take(): number } {
  const spare: number[] = [];
  let allocate: ((size: number) => number) | null = null;
  return {
    take: () => {
      allocate ??= malloc();
      let table = allocate(jumpTableSize);
      while (table !== 0 && spare.length < greatestDepth) {
        spare.push(table);
        table = allocate(jumpTableSize);
      }
      return table === 0 ? (spare.pop() ?? 0) : table;
    },
  };
}

/** A fifth more than it has, as Emscripten does, or what is wanted if there is no room for that. */
function grow(memory: Memory, wanted: number): boolean {
  const size = memory.buffer.byteLength;
  return [Math.max(wanted, size * 1.2), wanted].some((target) => {
    try {
      memory.grow(Math.ceil((target - size) / pageSize));
      return true;
    } catch {
      return false;
    }
  });
}
