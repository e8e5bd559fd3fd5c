import { expect, test } from "vitest";
import { createHost } from "../../../src/engine/host/host.js";
import { createMachine, createRunning, type OwnMachine } from "../../../src/engine/wasm/machine/machine.js";
import { stackSize } from "../../../src/engine/wasm/machine/memories.js";
import { compiledLua } from "../../../src/engine/wasm/package/compiledLua.js";
import { type WasmVersion, wasmVersions } from "../../../src/engine/wasm/package/versions.js";
import { openState } from "../../../src/engine/wasm/state.js";
import { systemImports } from "../../../src/engine/wasm/system/system.js";

/** A machine for a program in a version, as large as 64 MB at most. */
function machineFor(version: WasmVersion, greatest = 2 ** 26): OwnMachine {
  const host = createHost();
  const refuse = (error: unknown): never => {
    throw error;
  };
  return createMachine(compiledLua(version), {
    greatest,
    running: createRunning(),
    imports: (own) => systemImports(own, host, { beforeExit: () => {}, refuse, now: () => 0 }),
  });
}

/** What a program in it says of some Lua. */
function said(machine: OwnMachine, text: string): string {
  const { api, L } = openState(machine);
  api.load(L, text);
  if (!api.protectedCall(L, 0, 1)) return `failed: ${Buffer.from(api.toBytes(L, -1) ?? []).toString()}`;
  return Buffer.from(api.toBytes(L, -1) ?? []).toString();
}

/** Goes deep, fails in the midst of it, and fills some 30 MB. */
const busy = `local kept = {}
local function deep(n) if n == 0 then error("over") end return deep(n - 1), string.rep("x", 100) end
pcall(deep, 150)
pcall(string.gsub, ("x"):rep(200), "x", function() return tostring(pcall(deep, 3)) end)
for i = 1, 300000 do kept[i] = { i } end
setmetatable(kept, { __index = function() end })
return tostring(#kept)`;

/** In which order tables are gone through is a matter of where things lie in memory. */
const tells = `local t = {} for i = 1, 100 do t["k" .. i] = tostring({}) end
local all = {} for k, v in pairs(t) do all[#all + 1] = k .. v end
return table.concat(all, " ") .. tostring(print) .. tostring(coroutine.create(print))`;

test.each(wasmVersions)("a program in %s begins as one whose memory nobody has used", (version) => {
  // How a version lays out its values is found out in its first program.
  said(machineFor(version), "return 1");
  const first = machineFor(version);
  const heap = first.function("stackSave")();
  const statics = first.memory.copy(0, heap - stackSize);
  const told = said(first, tells);
  first.leave();
  const second = machineFor(version);
  expect(second.memory.memory).toBe(first.memory.memory);
  expect(said(second, busy)).toBe("300000");
  const size = second.memory.bytes().length;
  expect(size).toBeGreaterThan(2 ** 24);
  second.leave();
  const third = machineFor(version);
  expect(third.memory.memory).toBe(first.memory.memory);
  // Where the stack is as its programs have never used it, nothing lies that would have to be made as it was.
  const unused = third.memory.copy(heap - stackSize, 2 ** 20);
  expect(unused.every((byte) => byte === 0)).toBe(true);
  expect(third.memory.copy(0, heap - stackSize)).toEqual(statics);
  expect(said(third, tells)).toBe(told);
  expect(third.memory.bytes()).toHaveLength(size);
  expect(said(third, "return string.rep('x', 2 ^ 27)")).toContain("not enough memory");
});

test.each<[string, WasmVersion, number]>([
  ["version", "5.5", 2 ** 26],
  ["limit", "5.4", 2 ** 25],
])("programs of another %s have another memory, and those of before keep theirs", (_, version, greatest) => {
  const first = machineFor("5.4");
  first.leave();
  const other = machineFor(version, greatest);
  const fresh = machineFor("5.4");
  const memories = [first, other, fresh].map(({ memory }) => memory.memory);
  expect(new Set(memories).size).toBe(3);
});
