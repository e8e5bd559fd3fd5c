import { fileURLToPath } from "node:url";
import type { ThreadChannel } from "../../debug/channel.js";
import type { Exit } from "../../types.js";
import type { Host } from "../host/host.js";
import { codeOf } from "../host/primitives/failure.js";
import { Refusal } from "../host/sandbox/refusal.js";
import { pushDebugging, tellFinished } from "./debugging.js";
import { pushEngineFunctions } from "./engineFunctions.js";
import { Interrupted, type Interruptible, makeInterruptible } from "./interruption.js";
import { installLibraries } from "./library/install.js";
import { createMachine, type OwnMachine } from "./machine/machine.js";
import type { CompilingTurn } from "./machine/wellCompiled.js";
import { compiledLua } from "./package/compiledLua.js";
import type { WasmVersion } from "./package/versions.js";
import { samplingFunctions } from "./sampling.js";
import { openState, type State } from "./state.js";
import { type ProgramStep, runSteps } from "./steps.js";
import { type Bypass, createBypass } from "./system/bypass.js";
import { writeErrors } from "./system/errors.js";
import type { Refuse } from "./system/files.js";
import { type OpenFiles, openFiles } from "./system/openFiles.js";
import { Exited } from "./system/processes.js";
import { type SystemOptions, systemImports } from "./system/system.js";
import { secondsNow } from "./system/times.js";

/** One program for an embedded Lua of PUC-Rio's. */
export interface WasmProgram {
  readonly version: WasmVersion;
  /** What to run, as the Lua text that `src/lua/native/start.lua` reads. */
  readonly job: string;
  /** What it consists of where the job has no steps: they are run as lua.c does. */
  readonly steps: readonly ProgramStep[];
  readonly args: readonly string[];
  /** The program's own: its open files are closed at the end. */
  readonly host: Host;
  /** Whether Lua begins as it does for any other program, where it would make of the time in which order tables are gone through. */
  readonly isRepeatable?: boolean;
  /** How large its memory may grow, in bytes. */
  readonly greatestMemory: number;
  /** In which lua_State it runs, for other threads to see. */
  readonly running: Int32Array;
  /** Of all threads that run programs. */
  readonly turn: CompilingTurn;
  /** Hears that it wanted more. */
  readonly onFull: () => void;
  /** Hears how another thread can end it, before it begins. */
  readonly onInterruptible: (interruptible: Interruptible) => void;
  /** Hears which function another thread is to have called now and then, from when it is asked for. */
  readonly onSampled: (index: number) => void;
  /** The way to who shows it in a debugger; null where nobody does. */
  readonly debugging: ThreadChannel | null;
  /** Hears which function another thread is to have called for it to stand still, if it can. */
  readonly onPausable: (index: number) => void;
  /** Hears each line that the program tells of itself, as `src/lua/native/news.lua` writes it. */
  readonly onNews: (line: Uint8Array) => void;
}

const main = fileURLToPath(new URL("../../lua/native/main.lua", import.meta.url));

/** How a program ended, beside what it has told: null when nothing else says that. */
export type WasmEnd = Exit | Interrupted | null;

/** Runs a program to its end. */
export function runWasmProgram(program: WasmProgram): WasmEnd {
  const { host } = program;
  const bypass = createBypass(host);
  let state: State | null = null;
  let files: OpenFiles | null = null;
  const ending: Ending = { end: null };
  const refuse = refuser(() => state, ending);
  const now = () => (program.isRepeatable === true && state === null ? 0 : secondsNow());
  const machine = machineFor(program, bypass, { refuse, beforeExit: () => files?.flush(), now });
  state = openState(machine, program.turn);
  files = openFiles(state, bypass.handed);
  installLibraries(state, { host, bypass, files, refuse });
  let end: WasmEnd;
  try {
    end = run(program, state, { ...bypass, files, refuse, ending });
  } catch (error) {
    end = endOf(error);
  } finally {
    host.close(true);
  }
  machine.leave();
  return end;
}

/** What ends a program in the midst of it. */
function endOf(error: unknown): WasmEnd {
  if (error instanceof Exited) return { kind: "exited", code: error.code };
  if (error instanceof Interrupted) return error;
  throw error;
}

/** How a program is ended at once; null before it begins, and once that has been done. */
interface Ending {
  end: ((L: number) => never) | null;
}

/**
 * What no error of the system is, a sandbox refuses: that is an error of the C function that runs. Or somebody who wants the program
 * to end has woken it.
 */
function refuser(state: () => State | null, ending: Ending): (error: unknown) => never {
  return (error) => {
    const now = state();
    if (now === null) throw error;
    const L = now.api.machine.running();
    if (error instanceof Refusal) return now.raise(L, error.text);
    const { end } = ending;
    if (codeOf(error) !== "EINTR" || end === null) throw error;
    ending.end = null;
    return end(L);
  };
}

function machineFor(
  { version, host, greatestMemory, running, onFull }: WasmProgram,
  bypass: Bypass,
  options: SystemOptions,
): OwnMachine {
  const machine = createMachine(compiledLua(version), {
    greatest: greatestMemory,
    running,
    onFull,
    imports: (own) => systemImports(own, host, options, bypass),
  });
  writeErrors(machine.memory);
  return machine;
}

/** As in lua.c, a C function runs the program: it is the last line of every traceback. */
function run(
  program: WasmProgram,
  state: State,
  own: Bypass & { readonly files: OpenFiles; readonly refuse: Refuse; readonly ending: Ending },
): Exit | null {
  const { job, host, onNews, onInterruptible, onSampled, running, debugging: channel, onPausable } = program;
  const { files, refuse } = own;
  const { api, L } = state;
  const { interruptible, keep, end } = makeInterruptible(state, running);
  own.ending.end = end;
  onInterruptible(interruptible);
  let failed: Exit | null = null;
  state.pushFunction(L, (L1) => {
    api.getGlobal(L1, "loadfile");
    api.pushText(L1, main);
    api.call(L1, 1, 1);
    if (api.type(L1, -1) !== "function") throw new Error(`${main} cannot be loaded`);
    api.pushText(L1, job);
    const sampling = samplingFunctions(state, running, onSampled);
    pushEngineFunctions(state, L1, { ...own, primitives: host.primitives(), onNews, keep, sampling });
    if (channel !== null) {
      const flush = () => {
        files.flush();
        host.flush();
      };
      pushDebugging(state, L1, { channel, running, flush, onPausable, refuse });
      api.setField(L1, -2, "debugging");
    }
    api.call(L1, 2, 0);
    failed = runSteps(state, L1, program.steps, program.args, host);
    if (program.steps.length > 0) tellFinished(state, L1);
    return 0;
  });
  const ended = api.protectedCall(L, 0, 0);
  const message = ended ? "" : Buffer.from(api.toBytes(L, -1) ?? []).toString();
  api.close(L);
  files.flush();
  return ended ? failed : { kind: "failed", message, traceback: "" };
}
