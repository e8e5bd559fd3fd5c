import type { WasmVersion } from "../package/versions.js";
import type { Lua } from "../state.js";
import { indexOf } from "./functions.js";
import type { MachineMemory } from "./memory.js";

/**
 * Where a lua_State has what lua_sethook writes, which the package leaves out: offsets in bytes. They are read off what
 * `debug.sethook` changes.
 */
export interface HookLayout {
  /** The function, as an index of the table. */
  readonly hook: number;
  /** A byte: upon which events. */
  readonly mask: number;
  /** Two words: after how many instructions, and after how many from now. */
  readonly counts: readonly [number, number];
  /** A byte: whether hooks are called at all. */
  readonly allow: number;
  /** From 5.4 on each call has a mark of its own that something is to be looked at. */
  readonly calls: CallLayout | null;
}

interface CallLayout {
  /** In a lua_State: the innermost call. */
  readonly innermost: number;
  /** In a CallInfo: the call around it, the mark, and the bits of its state, of which one says that it is of C. */
  readonly previous: number;
  readonly trap: number;
  readonly status: number;
  readonly ofC: number;
}

/** LUA_MASKCOUNT. */
export const maskOfCount = 8;

/**
 * Has a function of the table called as a hook before the next instruction of what runs in a lua_State. Lua allows that from
 * outside, as signals do it: another thread may.
 */
export function callSoon(memory: MachineMemory, L: number, layout: HookLayout, index: number): void {
  memory.setWord(L + layout.hook, index);
  for (const count of layout.counts) memory.setWord(L + count, 1);
  memory.setByte(L + layout.allow, 1);
  memory.setByte(L + layout.mask, maskOfCount);
  markCalls(memory, L, layout);
}

/** Has each call look for the hook at its next instruction. What finds no hook takes its mark away, which may be one that comes meanwhile. */
export function markCalls(memory: MachineMemory, L: number, layout: HookLayout): void {
  if (layout.calls === null) return;
  const { innermost, previous, trap, status, ofC } = layout.calls;
  let call = memory.word(L + innermost);
  // What is changed meanwhile may lead round in a circle.
  for (let calls = 0; call !== 0 && calls < mostCalls; calls++) {
    if ((memory.word(call + status) & ofC) === 0) memory.setWord(call + trap, 1);
    call = memory.word(call + previous);
  }
}

/** As many as there is room for on a stack. */
const mostCalls = 1_000_000;

/** What a lua_State has where a hook is written: the function, upon which events, and after how many instructions. */
export function hookFields(memory: MachineMemory, L: number, { hook, mask, counts }: HookLayout) {
  return {
    hook: memory.word(L + hook),
    mask: memory.copy(L + mask, 1)[0] ?? 0,
    counts: counts.map((place) => memory.word(L + place)),
  };
}

/** Of what of a lua_State is looked at, in bytes. */
const stateSize = 160;
/** A count that nothing else in a state is. */
const unusualCount = 0x3abcde;

/** A version has its hooks in one place. */
const layouts = new Map<WasmVersion, HookLayout>();

/** The layout of a state's version, found in the first one. */
export function knownHookLayout(state: Lua): HookLayout {
  const { version } = state.api.machine.compiled;
  const layout = layouts.get(version) ?? hookLayout(state);
  layouts.set(version, layout);
  return layout;
}

/** Finds the layout in a fresh state, and tries it. Throws where it is not as in any Lua that we know. */
export function hookLayout(state: Lua): HookLayout {
  const layout = { ...fieldsOf(state), calls: callsOf(state) };
  check(state, layout);
  return layout;
}

function fieldsOf(state: Lua): Omit<HookLayout, "calls"> {
  const { api, L } = state;
  const { memory } = api.machine;
  const snapshots: Uint8Array[] = [];
  state.pushFunction(L, () => {
    snapshots.push(memory.copy(L, stateSize));
    return 0;
  });
  api.load(
    L,
    `local look = ...
    collectgarbage "stop"
    look() look()
    debug.sethook(look, "", 2 ^ 20)
    look()
    debug.sethook(look, "", ${unusualCount})
    look()
    debug.sethook(look, "", 1)
    debug.sethook()
    look()
    collectgarbage "restart"`,
  );
  api.pushValue(L, -2);
  api.call(L, 1, 0);
  api.pop(L);
  const [, before, , after, inside] = snapshots;
  const last = snapshots.at(-1);
  if (before === undefined || after === undefined || inside === undefined || last === undefined)
    throw unlike("calls no hooks");
  const words = wordsOf(after);
  const counts = words.flatMap((word, at) => (Math.abs(word - unusualCount) < 32 ? [at * 4] : []));
  const { length } = api.machine.table;
  const isZero = (from: Uint8Array, at: number) => wordsOf(from)[at] === 0;
  const hooks = words.flatMap((word, at) =>
    word > maskOfCount && word < length && isZero(before, at) && isZero(last, at) ? [at * 4] : [],
  );
  const bytesWith = (from: Uint8Array, to: Uint8Array, was: number, is: number) =>
    Array.from(from.keys()).filter((at) => from[at] === was && to[at] === is);
  // Other bytes may change by chance, as those of an address when the collector moves something: but not back.
  const masks = bytesWith(before, after, 0, maskOfCount).filter((at) => last[at] === 0);
  const allows = bytesWith(after, inside, 1, 0).filter((at) => last[at] === 1);
  const [first, second] = counts;
  const [hook, mask, allow] = [only(hooks), only(masks), only(allows)];
  if (first === undefined || second === undefined || counts.length > 2)
    throw unlike("counts instructions otherwise");
  return { hook, mask, allow, counts: [first, second] };
}

function only(found: readonly number[]): number {
  const [first] = found;
  if (first === undefined || found.length > 1) throw unlike(`has its hooks elsewhere (${found.join()})`);
  return first;
}

function wordsOf(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true));
}

function unlike(what: string): Error {
  return new Error(`the Lua of the package ${what}`);
}

/** lstate.h: `ci` comes two words behind `top`; in CallInfo, `previous`, `u.l.trap` and `callstatus`. */
function callsOf({ layout: { topOffset }, api }: Lua): CallLayout | null {
  const known: Partial<Record<WasmVersion, Omit<CallLayout, "innermost">>> = {
    "5.4": { previous: 8, trap: 20, status: 32, ofC: 1 << (16 + 1) },
    "5.5": { previous: 8, trap: 20, status: 32, ofC: 1 << 15 },
  };
  const found = known[api.machine.compiled.version];
  return found === undefined ? null : { innermost: topOffset + 8, ...found };
}

/** A loop without calls is to be stopped, in the main coroutine and in another one, and by no program's own hook. */
function check(state: Lua, layout: HookLayout): void {
  const { api, L } = state;
  const { memory } = api.machine;
  let calls = 0;
  const index = indexOf(
    api,
    (L1: number) => {
      calls++;
      memory.setByte(L1 + layout.mask, 0);
      memory.setWord(L1 + layout.hook, 0);
      return 0;
    },
    "hook",
  );
  state.pushFunction(L, (L1) => {
    callSoon(memory, L1, layout, index);
    return 0;
  });
  api.load(
    L,
    `local soon = ...
    local function loop()
      local n = 0
      soon()
      while n < 100 do n = n + 1 end
      return n
    end
    return loop() + select(2, coroutine.resume(coroutine.create(loop)))`,
  );
  api.pushValue(L, -2);
  api.call(L, 1, 1);
  const result = Buffer.from(api.toBytes(L, -1) ?? []).toString();
  api.pop(L, 2);
  if (calls !== 2 || result !== "200") throw unlike(`calls hooks otherwise (${calls}, ${result})`);
}
