import type { Exit, Step } from "../../types.js";
import type { Host } from "../host/host.js";
import { bytesOf } from "../host/primitives/value.js";
import { tellFailed } from "./debugging.js";
import type { State } from "./state.js";

/** What `lua` does in turn, besides tests, which have a runner. */
export type ProgramStep = Exclude<Step, { readonly kind: "tests" }>;

/**
 * Runs the steps of a program as lua.c does: what goes wrong goes to standard error. Chunks are loaded by what the globals
 * hold, which the agent may have replaced. Null when all went well.
 */
export function runSteps(
  state: State,
  L: number,
  steps: readonly ProgramStep[],
  args: readonly string[],
  host: Host,
): Exit | null {
  const { api } = state;
  keep(state, L, "debug", "traceback");
  for (const step of steps) {
    api.setTop(L, 0);
    state.pushFunction(L, (L1) => addTraceback(state, L1));
    if (runStep(state, L, step, args)) continue;
    const message = api.toBytes(L, -1) ?? bytesOf("(error object is not a string)");
    host.complain(Buffer.concat([bytesOf("lua: "), message, bytesOf("\n")]));
    return { kind: "failed", message: Buffer.from(message).toString(), traceback: "", shown: true };
  }
  return null;
}

/** Where the handler is on the stack. */
const handler = 1;

/** False with a message at the top. */
function runStep(state: State, L: number, step: ProgramStep, args: readonly string[]): boolean {
  const { api } = state;
  if (step.kind === "require") {
    api.getGlobal(L, "require");
    api.pushText(L, bytesOf(step.module));
    if (!api.protectedCall(L, 1, 1, handler)) return false;
    api.setGlobal(L, step.module);
    return true;
  }
  if (!loadStep(state, L, step)) return false;
  const passed = step.kind === "script" || step.kind === "stdin" ? args : [];
  for (const argument of passed) api.pushText(L, bytesOf(argument));
  return api.protectedCall(L, passed.length, 0, handler);
}

function loadStep(state: State, L: number, step: Exclude<ProgramStep, { kind: "require" }>): boolean {
  const { api } = state;
  if (step.kind === "text") {
    api.getGlobal(L, api.machine.compiled.version === "5.1" ? "loadstring" : "load");
    state.pushBytes(L, bytesOf(step.text));
    state.pushBytes(L, bytesOf(step.name));
    return loaded(state, L, 2);
  }
  api.getGlobal(L, "loadfile");
  if (step.kind === "stdin") return loaded(state, L, 0);
  state.pushBytes(L, bytesOf(step.file));
  return loaded(state, L, 1);
}

/** Calls a function that gives a chunk, or nil and a message. */
function loaded({ api }: State, L: number, args: number): boolean {
  if (!api.protectedCall(L, args, 2, handler)) return false;
  if (api.type(L, -2) !== "function") return false;
  api.pop(L);
  return true;
}

/** The message handler of lua.c, which each version has in its own way. */
function addTraceback(state: State, L: number): number {
  const { api } = state;
  tellFailed(state, L);
  const type = api.type(L, 1);
  const { version } = api.machine.compiled;
  const isText = type === "string" || type === "number";
  // 5.1 leaves the value to who reports it.
  if (!isText && version === "5.1") return 1;
  const own = isText ? null : textOf(state, L);
  if (own !== null || (!isText && version === "5.2")) {
    state.pushBytes(L, own ?? bytesOf("(no error message)"));
    return 1;
  }
  api.getField(L, api.registry, tracebackName);
  if (isText) api.pushValue(L, 1);
  else api.pushText(L, `(error object is a ${type} value)`);
  state.pushSimple(L, 2);
  api.call(L, 2, 1);
  return 1;
}

/** What __tostring makes of the value; null where there is none. */
function textOf({ api }: State, L: number): Uint8Array | null {
  api.getGlobal(L, "debug");
  api.getField(L, -1, "getmetatable");
  api.pushValue(L, 1);
  api.call(L, 1, 1);
  if (api.type(L, -1) !== "table") return null;
  api.getField(L, -1, "__tostring");
  if (api.type(L, -1) === "nil") return null;
  api.pushValue(L, 1);
  api.call(L, 1, 1);
  return api.type(L, -1) === "string" ? api.toBytes(L, -1) : null;
}

const tracebackName = "luacov-ts traceback";

/** For when the program has its own. */
function keep({ api }: State, L: number, library: string, name: string): void {
  api.getGlobal(L, library);
  api.getField(L, -1, name);
  api.setField(L, api.registry, tracebackName);
  api.pop(L);
}
