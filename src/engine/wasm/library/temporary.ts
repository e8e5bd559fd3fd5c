import { failureOf } from "../../host/primitives/failure.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import type { LuaFunction } from "../machine/functions.js";
import type { State } from "../state.js";
import type { Handed } from "../system/handed.js";
import { pushFailure } from "./failure.js";
import { originalOf, replace } from "./replace.js";

interface TemporaryOptions {
  readonly calls: SystemCalls;
  readonly handed: Handed;
  readonly refuse: (error: unknown) => never;
}

/** `os.tmpname` and `io.tmpfile`, whose files are those that other Luas of this machine make. */
export function installTemporary(state: State, options: TemporaryOptions): void {
  const { calls, refuse } = options;
  replace(state, "os", "tmpname", () => (L) => {
    let name: Uint8Array;
    try {
      name = calls.temporaryName();
    } catch (error) {
      if (failureOf(error) === null) refuse(error);
      return state.raise(L, Buffer.from("unable to generate a unique filename"));
    }
    state.pushBytes(L, name);
    return 1;
  });
  replace(state, "io", "tmpfile", () => tmpfile(state, options));
}

function tmpfile(state: State, { calls, handed, refuse }: TemporaryOptions): LuaFunction {
  const { api } = state;
  const open = originalOf(state, "io", "open");
  return (L) => {
    try {
      const id = calls.openTemporary();
      api.setTop(L, 0);
      api.pushText(L, "a file without a name");
      api.pushText(L, "w+");
      return handed.as(id, () => open(L));
    } catch (error) {
      return pushFailure(state, L, failureOf(error) ?? refuse(error));
    }
  };
}
