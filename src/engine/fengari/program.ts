import type { Exit, Program, Step } from "../../types.js";
import { createHost, type Host } from "../host/host.js";
import type { TestNews } from "../news.js";
import type { Around } from "./around.js";
import { installBundled } from "./bind/bindBundled.js";
import { loadHostChunk } from "./bind/bindChunks.js";
import type { Import, Push } from "./bind/bindExport.js";
import { asItIs, loadFile } from "./bind/bindLoad.js";
import { installMapped } from "./bind/bindMapped.js";
import { pushTestRun } from "./bind/bindTests.js";
import type { ChunkCache } from "./chunks/chunkCache.js";
import type { ProgramDebugger } from "./debugging.js";
import { describedFailures, type Failures, failuresOfLua } from "./failures.js";
import { type LuaFunction, type LuaState, lauxlib, lua, toLuaString } from "./fengari.js";
import { withWideIntegers } from "./fidelity/numbers/wideIntegers.js";
import { installHooks } from "./hooks.js";
import { installLimits, type Limit } from "./limits.js";
import { openState } from "./state.js";
import { Stop } from "./stop.js";
import { type CallListener, createTracing, type Tracer, traceThread } from "./trace.js";

/** What follows a program as it runs. */
export interface Followers {
  readonly tracer: Tracer;
  /** Null where nobody has to hear of calls. */
  readonly onCall: CallListener | null;
}

/** Makes what follows one run, null for nothing; `stop` lets it end the program. */
export type FollowersFactory = (stop: Stop, L: LuaState) => Followers | null;

export interface ProgramOptions {
  /** The program's own: its open files are written and closed at the end. */
  readonly host?: Host;
  /** Hears of what the program relies on and the embedded Lua does not have. */
  readonly onLimit?: (limit: Limit) => void;
  readonly onTest?: (news: TestNews) => void;
  /** When all is ready and the program begins. */
  readonly onBegin?: () => void;
  /** What programs before this one have compiled; null where nothing is to be kept. */
  readonly chunks?: ChunkCache | null;
  /**
   * Who is told of an error that ends the program: by default the caller alone, in words that say what an error object
   * holds. With "standard error" the program writes it there before it ends, exactly as `lua` does.
   */
  readonly errors?: "caller" | "standard error";
  /** Its debugger; null for none. A tracer has to follow the program, then. */
  readonly debugged?: ProgramDebugger | null;
}

/** What a step needs besides the state. */
interface Surroundings {
  readonly around: Around;
  readonly pushHost: Push;
  readonly debugged: ProgramDebugger | null;
  readonly importFile: Import;
  readonly onTest: (news: TestNews) => void;
  readonly failures: Failures;
}

/** Runs a Lua file in a fresh state with all libraries, as the `lua` command would, and says how it ended. */
export function runProgram(
  program: Program,
  followersFor: FollowersFactory,
  {
    host = createHost(),
    onLimit = () => {},
    onTest = () => {},
    onBegin = () => {},
    chunks = null,
    errors = "caller",
    debugged = null,
  }: ProgramOptions = {},
): Exit {
  const stop = new Stop();
  const around = { host, stop, chunks, rewrite: debugged?.rewrite ?? asItIs };
  const { L, importFile, pushHost } = openState(around);
  const failures = errors === "caller" ? describedFailures(importFile) : failuresOfLua(host);
  const surroundings = { around, pushHost, onTest, importFile, failures, debugged };
  installLimits(L, onLimit);
  setPackagePath(L, program.packagePath);
  if (program.bundled === true) installBundled(L, surroundings.importFile);
  installMapped(L, program.modules ?? {}, surroundings.importFile);
  setArguments(L, program);

  const followers = followersFor(stop, L);
  // As in lua.c, a C function runs the program: it is the last line of every traceback.
  lua.lua_pushcfunction(L, (L1) => runSteps(L1, program, surroundings));
  const call = () => (followers === null ? lua.lua_pcall(L, 0, 1, 0) : callTraced(L, followers, stop));
  onBegin();
  try {
    const status = withWideIntegers(() => onLimit("integers of more than 32 bits"), call);
    if (stop.reason !== null) return stop.reason;
    if (status === lua.LUA_OK && lua.lua_isnil(L, -1)) return { kind: "returned" };
    return failures.atTop(L);
  } finally {
    host.close(stop.reason === null);
  }
}

/** Calls the function at the top of the stack, and everything that it calls, with what follows it. */
function callTraced(L: LuaState, { tracer, onCall }: Followers, stop: Stop): number {
  const tracing = createTracing(tracer, onCall);
  // What still runs while the program unwinds, as message handlers do, is stopped at its first instruction.
  stop.beforeUnwinding(() => tracing.throwAlways(stop));
  installHooks(L, tracing);
  traceThread(L, tracing);
  return tracing.run(() => lua.lua_pcall(L, 0, 1, 0));
}

/** Runs the program's steps. Leaves nil, or the message and traceback of the first error. */
function runSteps(L: LuaState, program: Program, surroundings: Surroundings): number {
  if (typeof program.sandbox === "string") {
    loadHostChunk(L, "host/sandbox");
    lua.lua_call(L, 0, 0);
  }
  const { debugged, pushHost } = surroundings;
  debugged?.start(L, pushHost);
  const results = runEach(L, program, surroundings);
  debugged?.finish(L);
  return results;
}

function runEach(L: LuaState, program: Program, surroundings: Surroundings): number {
  const handler = handlerOf(surroundings);
  for (const step of program.steps ?? [{ kind: "script", file: program.file }]) {
    lua.lua_settop(L, 0);
    lua.lua_pushcfunction(L, handler);
    if (!runStep(L, step, program.args, surroundings)) return 1;
  }
  lua.lua_pushnil(L);
  return 1;
}

function handlerOf({ failures: { handler }, debugged }: Surroundings): LuaFunction {
  if (debugged === null) return handler;
  return (L) => {
    debugged.failed(L);
    return handler(L);
  };
}

/** False with a message at the top of the stack when the step failed. */
function runStep(L: LuaState, step: Step, args: readonly string[], surroundings: Surroundings): boolean {
  if (step.kind === "require") return requireModule(L, step.module);
  if (step.kind === "tests") {
    pushTestRun(L, step, surroundings.importFile, surroundings.onTest);
    return lua.lua_pcall(L, 3, 0, 1) === lua.LUA_OK;
  }
  if (loadStep(L, step, surroundings) !== lua.LUA_OK) return false;
  const passed = step.kind === "script" || step.kind === "stdin" ? args : [];
  for (const argument of passed) lua.lua_pushstring(L, toLuaString(argument));
  return lua.lua_pcall(L, passed.length, 0, 1) === lua.LUA_OK;
}

function loadStep(
  L: LuaState,
  step: Exclude<Step, { kind: "require" | "tests" }>,
  { around }: Surroundings,
): number {
  if (step.kind === "stdin") return loadFile(L, null, null, around);
  if (step.kind !== "text") return loadFile(L, toLuaString(step.file), null, around);
  const text = toLuaString(step.text);
  return lauxlib.luaL_loadbufferx(L, text, text.length, toLuaString(step.name), toLuaString("bt"));
}

/** As `lua -l`: the module becomes a global of its name. */
function requireModule(L: LuaState, name: string): boolean {
  lua.lua_getglobal(L, toLuaString("require"));
  lua.lua_pushstring(L, toLuaString(name));
  if (lua.lua_pcall(L, 1, 1, 1) !== lua.LUA_OK) return false;
  lua.lua_setglobal(L, toLuaString(name));
  return true;
}

/** Sets package.path. */
export function setPackagePath(L: LuaState, path: string): void {
  lua.lua_getglobal(L, toLuaString("package"));
  lua.lua_pushstring(L, toLuaString(path));
  lua.lua_setfield(L, -2, toLuaString("path"));
  lua.lua_pop(L, 1);
}

/** Sets `arg`: the program at 0, its arguments behind it, and before it what runs Lua files, if anything does. */
export function setArguments(L: LuaState, program: Pick<Program, "file" | "args" | "interpreter">): void {
  lua.lua_createtable(L, program.args.length, 1);
  const interpreter = [...(program.interpreter ?? [])].reverse();
  const before = interpreter.map((each, index) => [-1 - index, each] as const);
  for (const [index, argument] of [...[program.file, ...program.args].entries(), ...before]) {
    lua.lua_pushstring(L, toLuaString(argument));
    lua.lua_rawseti(L, -2, index);
  }
  lua.lua_setglobal(L, toLuaString("arg"));
}
