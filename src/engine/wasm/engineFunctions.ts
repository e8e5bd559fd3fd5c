import type { Primitive } from "../host/primitives/value.js";
import { callPrimitive } from "./bridge.js";
import { exporter } from "./library/export.js";
import { builtinModules } from "./library/modules.js";
import { originalOf } from "./library/replace.js";
import { standIns } from "./library/standIn.js";
import { pushTrusted } from "./library/trusted.js";
import type { LuaFunction } from "./machine/functions.js";
import { ownFiles } from "./ownFiles.js";
import type { State } from "./state.js";
import type { Bypass } from "./system/bypass.js";
import type { Refuse } from "./system/files.js";
import type { OpenFiles } from "./system/openFiles.js";

export interface EngineOptions extends Pick<Bypass, "handed" | "trust"> {
  readonly primitives: Readonly<Record<string, Primitive>>;
  readonly files: OpenFiles;
  readonly refuse: Refuse;
  readonly onNews: (line: Uint8Array) => void;
  readonly keep: LuaFunction;
  readonly sampling: Readonly<Record<string, LuaFunction>>;
}

/** Pushes the table of functions that `src/lua/native/main.lua` describes. */
export function pushEngineFunctions(state: State, L: number, options: EngineOptions): void {
  const { api } = state;
  const { primitives, handed, trust, files, refuse, onNews, keep, sampling } = options;
  const { functions: exports, raise } = exporter(state);
  const open = originalOf(state, "io", "open");
  const functions: Readonly<Record<string, LuaFunction>> = {
    ...exports,
    ...ownFiles(state),
    ...sampling,
    call: (L1) => callPrimitive(state, L1, { primitives, raise, refuse }),
    send: (L1) => {
      onNews(api.toBytes(L1, 1) ?? new Uint8Array());
      return 0;
    },
    keep,
    standIn: standIns(state),
    hide: state.unseen.hide,
    // In seconds.
    clock: (L1) => {
      state.pushFloat(L1, performance.now() / 1000);
      return 1;
    },
    modules: (L1) => {
      api.pushValue(L1, 1);
      api.setField(L1, api.registry, builtinModules);
      return 0;
    },
    // The only userdata that Lua makes by itself.
    handle: (L1) => {
      api.setTop(L1, 0);
      api.pushText(L1, "/");
      handed.asNothing(() => open(L1));
      state.moveTop(L1, 1);
      files.close(L1);
      api.setTop(L1, 1);
      return 1;
    },
    descriptor: (L1) => {
      api.setTop(L1, 1);
      state.pushSimple(L1, files.streamOf(L1));
      return 1;
    },
  };
  api.load(L, "return {}");
  api.call(L, 0, 1);
  for (const [name, each] of Object.entries(functions)) {
    state.pushFunction(L, each);
    api.setField(L, -2, name);
  }
  if (trust === null) return;
  pushTrusted(state, L, trust);
  api.setField(L, -2, "trusted");
}
