import { untilZero } from "../../host/primitives/directory.js";
import type { Environment } from "../../host/primitives/environment.js";
import { bytesOf, textOf } from "../../host/primitives/value.js";
import type { LuaFunction } from "../machine/functions.js";
import type { State } from "../state.js";
import { type Original, replace } from "./replace.js";

/** `os.getenv` and `os.setlocale`. */
export function installEnvironment(state: State, environment: Environment): void {
  replace(state, "os", "getenv", (original) => getenv(state, original, environment));
  replace(state, "os", "setlocale", (original) => setlocale(state, original));
}

/** C's library copies the environment once, and ours can change. */
function getenv(state: State, original: Original, environment: Environment): LuaFunction {
  const { api } = state;
  return (L) => {
    original(L);
    const name = textOf(untilZero(api.toBytes(L, 1) ?? new Uint8Array()));
    const value = environment.get(name);
    if (value === undefined) state.pushSimple(L, null);
    else state.pushBytes(L, bytesOf(value));
    return 1;
  };
}

const locales: readonly (string | null)[] = [null, "", "C", "POSIX"];

/** There is one locale; C's library here would take any name for one. */
function setlocale(state: State, original: Original): LuaFunction {
  const { api } = state;
  return (L) => {
    const type = api.type(L, 1);
    const isText = type === "string" || type === "number";
    const name = isText ? textOf(untilZero(api.toBytes(L, 1) ?? new Uint8Array())) : null;
    if (isText) {
      // What C is asked is then only which locale there is.
      state.pushSimple(L, null);
      state.moveTop(L, 1);
    }
    original(L);
    if (locales.includes(name)) api.pushText(L, "C");
    else state.pushSimple(L, null);
    return 1;
  };
}
