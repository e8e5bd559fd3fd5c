import type { Environment } from "../../host/primitives/environment.js";
import { bytesOf } from "../../host/primitives/value.js";
import type { Imports, Machine } from "../machine/machine.js";

/** The environment, which C's library copies once. */
export function environmentImports(machine: () => Machine, environment: Environment): Imports {
  const entries = () =>
    Object.entries(environment.all).map(([name, value]) => Buffer.concat([bytesOf(`${name}=${value}`), end]));
  return {
    environ_sizes_get: (count = 0, size = 0) => {
      const all = entries();
      machine().memory.setWord(count, all.length);
      machine().memory.setWord(
        size,
        all.reduce((sum, { length }) => sum + length, 0),
      );
      return 0;
    },
    environ_get: (addresses = 0, texts = 0) => {
      let at = texts;
      for (const [index, entry] of entries().entries()) {
        machine().memory.setWord(addresses + index * 4, at);
        machine().memory.write(at, entry);
        at += entry.length;
      }
      return 0;
    },
  };
}

const end = Uint8Array.of(0);
