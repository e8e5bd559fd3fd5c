import { constants } from "node:os";
import { type Failure, failureOf, messages } from "../../host/primitives/failure.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import { watchFailures } from "../machine/failing.js";
import type { LuaFunction } from "../machine/functions.js";
import type { State } from "../state.js";
import type { OpenFiles } from "../system/openFiles.js";
import { pushFailure } from "./failure.js";
import { type Original, originalOf, replace, replaceBy } from "./replace.js";

export interface FileOptions {
  readonly files: OpenFiles;
  readonly calls: SystemCalls;
  /** What the system has refused last. */
  readonly lastFailure: () => Failure | null;
}

const badDescriptor: Failure = { errno: constants.errno.EBADF, message: messages.EBADF ?? "" };
const invalid: Failure = { errno: constants.errno.EINVAL, message: messages.EINVAL ?? "" };

/**
 * What functions of the io library say when they fail. C's library here does not say why it reads nothing from what is open for writing,
 * and the other way round, has numbers of its own for errors that it finds by itself, and forgets that of the system over them.
 */
export function installFiles(state: State, options: FileOptions): void {
  const { files, lastFailure } = options;
  for (const name of ["open", "input", "output"])
    replace(state, "io", name, (original) => opening(state, original, files));
  const { L, api } = state;
  api.getGlobal(L, "io");
  api.getField(L, -1, "output");
  api.setField(L, api.registry, output);
  api.pop(L);
  const reading = () => lastFailure();
  const writing = (method: boolean) => (L1: number) =>
    isWritable(state, L1, method, files) ? lastFailure() : badDescriptor;
  watch(state, "io", "read", reading);
  watch(state, "FILE*", "read", reading);
  watch(state, "io", "write", writing(false));
  watch(state, "FILE*", "write", writing(true));
  replace(state, "FILE*", "seek", (original) => seek(state, original, options));
}

const output = "luacov-ts io.output";

function opening(state: State, original: Original, files: OpenFiles): LuaFunction {
  const { api } = state;
  return (L) => {
    const results = original(L);
    if (api.type(L, -1) === "userdata") files.adapt(L);
    // Before 5.2, C is asked for any mode.
    else if (results === 3 && state.toNumber(L, -1) === cInvalid)
      replaceFailure(state, L, 3, invalid, nameOf(state, L));
    return results;
  };
}

/** EINVAL by the numbers of WebAssembly's system interface. */
const cInvalid = 28;

function nameOf({ api }: State, L: number): string {
  return `${Buffer.from(api.toBytes(L, 1) ?? []).toString("latin1")}: `;
}

function watch(
  state: State,
  library: "io" | "FILE*",
  name: string,
  reason: (L: number) => Failure | null,
): void {
  const { api } = state;
  const { table } = api.machine;
  const judge = (L: number, results: number) => {
    const top = api.getTop(L);
    const isFailure = api.type(L, top - results + 1) === "nil" && api.type(L, top - results + 3) === "number";
    const failure = isFailure ? reason(L) : null;
    if (failure !== null) replaceFailure(state, L, results, failure);
    return results;
  };
  const index = table.grow(1);
  table.set(index, watchFailures(originalOf(state, library, name), judge));
  replaceBy(state, library, name, index);
}

function replaceFailure(
  state: State,
  L: number,
  results: number,
  { errno, message }: Failure,
  name = "",
): void {
  const first = state.api.getTop(L) - results + 1;
  state.pushBytes(L, Buffer.from(name + message, "latin1"));
  state.moveTop(L, first + 1);
  state.pushSimple(L, errno);
  state.moveTop(L, first + 2);
}

function isWritable({ api, unseen }: State, L: number, isMethod: boolean, files: OpenFiles): boolean {
  if (isMethod) api.pushValue(L, 1);
  else {
    api.getField(L, api.registry, output);
    unseen.during(L, () => api.call(L, 0, 1));
  }
  const isRight = files.isWritable(L);
  api.pop(L);
  return isRight;
}

/** C's long, of which its library makes positions, has 32 bits: what is beyond goes past it. */
function seek(state: State, original: Original, { calls, files }: FileOptions): LuaFunction {
  const { api } = state;
  return (L) => {
    const offset = api.getTop(L) >= 3 ? state.toNumber(L, 3) : null;
    const isWide = offset !== null && Number.isInteger(offset) && Math.abs(offset) >= 2 ** 31;
    if (isWide) {
      state.pushSimple(L, 0);
      state.moveTop(L, 3);
    }
    const results = original(L);
    if (results !== 1 || !(isWide || state.toNumber(L, -1) === -1)) return results;
    // After C has gone anywhere, it has nothing of the file in its buffer.
    api.pushValue(L, 1);
    const stream = files.streamOf(L);
    return answer(state, L, () => calls.seek(stream, "cur", isWide ? offset : 0));
  };
}

function answer(state: State, L: number, action: () => number): number {
  try {
    state.pushSimple(L, action());
    return 1;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return pushFailure(state, L, failure);
  }
}
