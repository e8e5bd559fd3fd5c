import { randomInt } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findSources, isUntestedCounted } from "../../discover/sources.js";
import { currentFolder, realPath } from "../../files/files.js";
import type { LuaVersion } from "../../source/dialect.js";
import type { Config, Job, Plan, Program, Scope, Step, TestFile } from "../../types.js";
import { recordKey } from "../record/testRecord.js";
import { withSettings } from "../run/attempts.js";
import { pathsOf, stepsOf } from "./framework.js";
import { atLines } from "./lines/atLines.js";
import { bustedPaths, type PathOrder, packagePath, specTemplates } from "./modules/packagePath.js";
import { modulesBeside, rememberedModules } from "./modules/projectModules.js";
import { allOf, type Selection } from "./selection.js";
import { shuffled } from "./shuffle.js";
import { helperFile } from "./specSettings.js";
import { styleOfFile } from "./style.js";

/** A Lua that is not fengari. */
export interface LuaOfTests {
  readonly name: string;
  readonly version: LuaVersion;
}

const everything = ["**"];

/** A plan for given test files; a program that is run by itself has none. */
export function planFor(config: Config, tests: readonly string[]): Plan {
  const { cwd: root, include, extension, coverage } = config;
  const exclude = coverage ? config.exclude : everything;
  const helper = tests.length === 0 ? null : helperFile(config);
  const luacov = config.luacov?.scope ?? null;
  const setup = config.setup === null || tests.length === 0 ? null : realPath(config.setup);
  const scope: Scope = { root, tests, helper, setup, include, exclude, extension, luacov };
  return {
    tests,
    sources: coverage && config.all ? findSources(scope).filter(isUntestedCounted(config)) : [],
    scope,
  };
}

/**
 * One job for each test file in each round in each Lua, null for the embedded one. Each round of a random order has the next seed. Files are named as a
 * person in the current folder would name them.
 */
export function makeJobs(
  plan: Plan,
  config: Config,
  args: readonly string[],
  seed: number,
  { only, leftOut, lines }: Pick<Selection, "only" | "leftOut" | "lines"> = allOf([]),
  luas: readonly (LuaOfTests | null)[] = [null],
): Job[] {
  const styleOf = (test: string) => (config.style === "auto" ? styleOfFile(test) : config.style);
  const styles = new Map(plan.tests.map((test) => [test, styleOf(test)]));
  const rounds = Array.from({ length: config.repeat }, (_, index) => index + 1);
  const modulesOf = rememberedModules();
  return luas.flatMap((lua) =>
    rounds.flatMap((round) => {
      const roundSeed = seed + round - 1;
      const tests = config.shuffleFiles ? shuffled(plan.tests, config.cwd, roundSeed) : plan.tests;
      const keyOf = (file: string) => recordKey(file, config.cwd, lua?.name ?? null);
      return tests
        .filter((file) => !leftOut.has(keyOf(file)))
        .map((file) => {
          const test = { style: styles.get(file) ?? "script", round, lua: lua?.name ?? null };
          const job = testJob(file, test, plan.scope, config, args, roundSeed, lua, modulesOf);
          const names = test.style === "spec" ? only.get(keyOf(file)) : undefined;
          const chosen = names === undefined ? job : withSettings(job, { only: names });
          const asked = lines.get(file);
          return asked === undefined ? chosen : atLines(chosen, file, asked);
        });
    }),
  );
}

function testJob(
  absolute: string,
  test: TestFile,
  scope: Scope,
  config: Config,
  args: readonly string[],
  seed: number,
  lua: LuaOfTests | null,
  modulesOf: typeof modulesBeside,
): Job {
  const file = path.relative(currentFolder(), absolute);
  // The runner of specs brings our assertions itself.
  const bundled = test.style !== "spec";
  const version = lua?.version ?? null;
  const steps = withSetup(stepsOf(test.style, file, config, seed, version), file, config);
  const program = { file, args, interpreter: [interpreter], bundled, ...steps };
  const luaPath = test.style === "spec" ? specPath(config) : config.luaPath;
  const job = makeJob(program, scope, { ...config, luaPath, pathOrder: "project first" }, modulesOf);
  const paths = pathsOf({ ...config, luaPath }, version);
  const known = config.framework === "busted" ? bustedPaths(config, version).pathAhead : paths.packagePath;
  const modules = modulesOf(config, known ?? job.program.packagePath, "project first");
  return { ...job, program: { ...job.program, ...paths, modules }, test };
}

/** A script is its own step. */
function withSetup(
  { steps }: Pick<Program, "steps">,
  file: string,
  { setup }: Config,
): Pick<Program, "steps"> {
  if (setup === null) return steps === undefined ? {} : { steps };
  const before: Step = { kind: "file", file: path.relative(currentFolder(), setup) };
  return { steps: [before, ...(steps ?? [{ kind: "script", file } as const])] };
}

/** What a prelude of the specs finds is Lua's own path, before which the runner puts the rest. */
function specPath({ luaPath, specs }: Config): readonly string[] {
  return specs.prelude === null ? [...luaPath, ...specTemplates] : [];
}

/** Where a random order starts that nobody has chosen. */
export function newSeed(): number {
  return randomInt(2 ** 31 - 1);
}

interface ProgramSettings extends Pick<Config, "luaPath" | "modules" | "sandbox"> {
  readonly pathOrder: PathOrder;
}

export function makeJob(
  program: Omit<Program, "packagePath">,
  scope: Scope,
  { luaPath, modules, sandbox, pathOrder }: ProgramSettings,
  modulesOf: typeof modulesBeside = modulesBeside,
): Job {
  const cwd = scope.root;
  const first = packagePath({ luaPath, cwd }, pathOrder);
  return {
    program: {
      ...program,
      packagePath: first,
      modules: modulesOf({ luaPath, modules, cwd }, first, pathOrder),
      sandbox: sandbox ? scope.root : null,
    },
    scope,
    test: null,
  };
}

const script = fileURLToPath(new URL("../../../bin/luacov-ts-lua.js", import.meta.url));

/** What runs Lua when a program starts it by `arg[-1]`; Windows does not start scripts by themselves. */
export const interpreter = process.platform === "win32" ? `${process.execPath} ${script}` : script;
