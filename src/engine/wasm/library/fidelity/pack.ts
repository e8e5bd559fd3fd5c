import { bytesOf, textOf } from "../../../host/primitives/value.js";
import type { LuaFunction } from "../../machine/functions.js";
import type { State } from "../../state.js";
import { type Original, replace } from "../replace.js";

/**
 * `string.pack` and its likes have C's `long`, which has 32 bits in WebAssembly and 64 on most machines. That of `size_t` is the one of
 * addresses here, which bytecode and limits of Lua's have, too.
 */
export function installPack(state: State): void {
  const { version } = state.api.machine.compiled;
  if (version === "5.1" || version === "5.2") return;
  for (const name of ["pack", "packsize", "unpack"])
    replace(state, "string", name, (original) => withWide(state, original));
}

function withWide(state: State, original: Original): LuaFunction {
  const { api } = state;
  return (L) => {
    if (api.type(L, 1) !== "string") return original(L);
    const format = textOf(api.toBytes(L, 1) ?? new Uint8Array());
    const changed = format.replace(ofTheirSize, (option) => wide[option] ?? option);
    if (changed !== format) {
      state.pushBytes(L, bytesOf(changed));
      state.moveTop(L, 1);
    }
    return original(L);
  };
}

/** With a number behind them, they are an error. */
const ofTheirSize = /[lL](?!\d)/g;

const wide: Readonly<Record<string, string>> = { l: "i8", L: "I8" };
