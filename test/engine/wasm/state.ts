import { createHost } from "../../../src/engine/host/host.js";
import { createMachine, createRunning } from "../../../src/engine/wasm/machine/machine.js";
import { compiledLua } from "../../../src/engine/wasm/package/compiledLua.js";
import type { WasmVersion } from "../../../src/engine/wasm/package/versions.js";
import { openState, type State } from "../../../src/engine/wasm/state.js";
import { systemImports } from "../../../src/engine/wasm/system/system.js";

/** A fresh state of a version, with what surrounds a program. */
export function freshState(version: WasmVersion, running = createRunning()): State {
  const host = createHost();
  const refuse = (error: unknown): never => {
    throw error;
  };
  const machine = createMachine(compiledLua(version), {
    greatest: 2 ** 28,
    running,
    imports: (own) => systemImports(own, host, { beforeExit: () => {}, refuse }),
  });
  return openState(machine);
}

/** What a Lua function makes of the values that are pushed for it, as text. */
export function resultOf(state: State, text: string, push: () => number = () => 0): string {
  const { api, L } = state;
  api.load(L, text);
  api.call(L, push(), 1);
  const result = Buffer.from(api.toBytes(L, -1) ?? []).toString("latin1");
  api.pop(L);
  return result;
}
