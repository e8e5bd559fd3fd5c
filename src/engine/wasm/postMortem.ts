import type { Host } from "../host/host.js";
import type { Interruptible } from "./interruption.js";
import { interruptedName } from "./interruption.js";
import { luaApi } from "./machine/api.js";
import { indexOf } from "./machine/functions.js";
import { type Machine, machineOn } from "./machine/machine.js";
import { compiledForMemory } from "./package/compiledLua.js";
import { systemImports } from "./system/system.js";

/** How much of C's stack the program may have used: what it left there stays, in bytes. */
const stackOfProgram = 2 ** 21;

/**
 * A program was inside of C when its thread was ended. All of it is in its memory still: a second instance has it leave
 * its counters and tell where it was. Null where it was in such a state that it cannot.
 */
export function examine(
  { version, memory, running, layout, index, replaced }: Interruptible,
  host: Host,
): string | null {
  const machine = machineOn(memory, compiledForMemory(version), {
    running,
    imports: (own) => systemImports(own, host, { beforeExit: () => {}, refuse: passOn }),
  });
  const L = machine.running();
  if (L === 0) return null;
  machine.memory.setByte(L + layout.mask, 0);
  machine.function("stackAlloc")(stackOfProgram);
  fillTable(machine, index, replaced);
  const api = luaApi(machine);
  api.getField(L, api.registry, interruptedName);
  if (!api.protectedCall(L, 0, 1)) return null;
  return Buffer.from(api.toBytes(L, -1) ?? []).toString();
}

/** Functions of ours are not there any more: those of C stand for them again, and who calls another one gets nothing. */
function fillTable(machine: Machine, last: number, replaced: ReadonlyMap<number, number>): void {
  const nothing = indexOf(luaApi(machine), () => 0, "function");
  const f = machine.table.get(nothing);
  while (machine.table.length <= last) machine.table.set(machine.table.grow(1), f);
  for (const [ours, own] of replaced) machine.table.set(ours, machine.table.get(own));
}

function passOn(error: unknown): never {
  throw error;
}
