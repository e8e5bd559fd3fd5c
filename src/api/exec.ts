import { checkSince } from "../change/change.js";
import { wasmVersionOf } from "../engine/wasm/package/versions.js";
import {
  configuredPath,
  environmentPath,
  ownTemplates,
  type PathOrder,
} from "../harness/plan/modules/packagePath.js";
import { modulesBeside, withProjectModules } from "../harness/plan/modules/projectModules.js";
import { interpreter, makeJob, planFor } from "../harness/plan/plan.js";
import { createChildren, inherited, leaveHits } from "../harness/run/children.js";
import { createEmbeddedExecutor } from "../harness/run/embedded/executor.js";
import { createWasmChildExecutor } from "../harness/run/embedded/wasm/executor.js";
import { measure, withInstructions } from "../harness/run/measure.js";
import { runRecorded } from "../harness/run/record.js";
import { findLuas, prepareLuas } from "../luas/luas.js";
import type { NativeRun } from "../luas/nativeRun.js";
import { checkFolders } from "../report/outputs.js";
import { keepProfile } from "../store/profileFile.js";
import { beginRun } from "../store/storedRun.js";
import type { Config, Exit, Job, Outcome, RunResult, Step } from "../types.js";
import { forDebugging } from "./debug/debugging.js";
import { conclude, warningsOf } from "./running/conclude.js";

/** A Lua program to run as the `lua` command would. */
export interface ExecRequest {
  readonly steps: readonly Step[];
  /** arg[0]; null for what runs Lua, when no script is named. */
  readonly file: string | null;
  readonly args: readonly string[];
  /** What stands before arg[0] besides the interpreter itself. */
  readonly options?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onPrograms?: (running: boolean) => void;
  /** Whether it is measured for a measured program that started it alone; by default, also by itself. */
  readonly onlyAsChild?: boolean;
  /** As of a run of tests. */
  readonly began?: number;
}

export interface ExecResult extends RunResult {
  readonly exit: Exit;
  /** True for a program that reports nothing by itself: a measured one started it, and reports. */
  readonly isChild: boolean;
}

/** Runs one Lua program and measures what it covers, with the Lua programs that it starts by `arg[-1]`. */
export async function exec(given: Config, request: ExecRequest): Promise<ExecResult> {
  const { steps, file, args, options = [], signal } = request;
  const program =
    file === null
      ? { steps, file: interpreter, args }
      : { steps, file, args, interpreter: [interpreter, ...options] };
  const parent = inherited();
  const own = forDebugging(given);
  // What a measured program has started is a part of that one's project.
  const isOwn = parent === null || parent === "orphan";
  const { config, notices } = isOwn ? await withProjectModules(own) : { config: own, notices: [] };
  if (parent === "orphan" || (parent === null && request.onlyAsChild === true)) {
    const job = makeJob(program, planFor(config, []).scope, asLua(config));
    const { exit } = await runAlone(config, inLua(job, config.lua[0], asLua(config)), request);
    return childResult(exit, signal);
  }
  if (parent !== null) {
    const job = { ...makeJob(program, parent.scope, parent), profile: parent.profile };
    const { exit, hits } = await runAlone(
      config,
      inLua(job, parent.lua ?? undefined, { ...parent, cwd: parent.scope.root }),
      request,
    );
    leaveHits(parent.folder, hits);
    return childResult(exit, signal);
  }
  checkFolders(config);
  checkSince(config);
  const result = await execMeasured(config, program, request);
  return { ...result, notices: [...notices, ...result.notices] };
}

/** In one of PUC-Rio's Luas, where that is asked for. */
function inLua(job: Job, lua: string | undefined, places: Places): Job {
  const version = lua === undefined ? null : wasmVersionOf(lua);
  if (lua === undefined || version === null) return job;
  const packagePath = configuredPath(places);
  const known = [packagePath, ...environmentPath("LUA_PATH", version), ...ownTemplates(version)].join(";");
  const modules = modulesBeside(places, known, places.pathOrder);
  return { ...job, lua, program: { ...job.program, packagePath, modules } };
}

type Places = Pick<Config, "luaPath" | "modules" | "cwd"> & { readonly pathOrder: PathOrder };

/** A program that nobody measured has started: what it covers is the result of a run. */
async function execMeasured(
  config: Config,
  program: Parameters<typeof makeJob>[0],
  { signal, onPrograms, began }: ExecRequest,
): Promise<ExecResult> {
  const plan = planFor(config, []);
  const jobs = [inLua(makeJob(program, plan.scope, asLua(config)), config.lua[0], asLua(config))];
  const children = createChildren(plan.scope, config, "as lua");
  const stored = config.coverage ? beginRun(config, began) : null;
  let probed: NativeRun | null = null;
  try {
    probed = await prepareLuas(config, plan, await findLuas(config), jobs.length);
    const natives = probed?.createExecutor ?? null;
    const measured = await measure(jobs, config, { signal, onPrograms, tell: () => {}, children, natives });
    const end = { interrupted: signal?.aborted ?? false, notRun: 0, selected: 1 };
    const { result, digests } = await conclude(config, plan, measured, end, { native: probed });
    // A program that has to do with none of the project's files says nothing about them.
    const kept = Object.keys(result.coverage).length > 0;
    const doubts = kept ? ((await stored?.keep(result.coverage, { digests })) ?? []) : [];
    const notices = [
      config.configurationNotices,
      result.notices,
      children.notices(),
      warningsOf(config, doubts),
    ].flat();
    if (result.profile !== null) keepProfile(config, result.profile, began ?? Date.now());
    const exit: Exit = measured.outcomes[0]?.exit ?? { kind: "interrupted" };
    return { ...result, notices, exit, isChild: false, kept };
  } finally {
    stored?.end();
    probed?.close();
    children.close();
  }
}

/** A program by itself finds modules where `lua` does. */
function asLua(config: Config) {
  return { ...config, pathOrder: "as lua" } as const;
}

async function runAlone(
  { timeout, maxMemory, maxInstructions, debug }: Config,
  job: Job,
  { signal, onPrograms = () => {} }: ExecRequest,
): Promise<Outcome> {
  const options = { timeout, maxMemory, workers: 1, environment: process.env, signal, debug };
  const version = wasmVersionOf(job.lua ?? "");
  const executor =
    version === null ? createEmbeddedExecutor(options) : createWasmChildExecutor(version, options);
  onPrograms(true);
  const outcome = await runRecorded(executor, withInstructions(job, maxInstructions));
  await executor.close();
  onPrograms(false);
  return outcome;
}

function childResult(exit: Exit, signal: AbortSignal | undefined): ExecResult {
  return {
    results: [],
    coverage: {},
    profile: null,
    notices: [],
    verdicts: {},
    interrupted: signal?.aborted ?? false,
    notRun: 0,
    selected: 1,
    exit,
    isChild: true,
    kept: false,
  };
}
