import { randomInt } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findSources } from "../discover/sources.js";
import { findDefaultTests, findTests } from "../discover/tests.js";
import type { Config, Job, Plan, Program, Scope, Style, TestFile } from "../types.js";
import { packagePath, specTemplates } from "./packagePath.js";
import { shuffled } from "./shuffle.js";
import { specSettings } from "./specSettings.js";
import { styleOfFile } from "./style.js";

/** The styles that have a runner in src/lua; files of the others run as scripts. */
const withRunner: readonly Style[] = ["spec"];

/** Decides which files to run and which to count. Throws NO_TESTS when there is no test file. */
export function makePlan(config: Config, patterns: readonly string[] | undefined): Plan {
  const cwd = process.cwd();
  return planFor(config, patterns === undefined ? findDefaultTests(cwd) : findTests(patterns, cwd));
}

/** A plan for given test files; a program that is run by itself has none. */
export function planFor(config: Config, tests: readonly string[]): Plan {
  const { cwd: root, include, exclude, extension } = config;
  const scope: Scope = { root, tests, include, exclude, extension };
  return { tests, sources: config.all ? findSources(scope) : [], scope };
}

/**
 * One job for each test file in each round. Each round of a random order has the next seed. Files are named as a
 * person in the current folder would name them.
 */
export function makeJobs(plan: Plan, config: Config, args: readonly string[], seed: number): Job[] {
  const styles = new Map(plan.tests.map((test) => [test, styleOf(test, config)]));
  const rounds = Array.from({ length: config.repeat }, (_, index) => index + 1);
  return rounds.flatMap((round) => {
    const roundSeed = seed + round - 1;
    const tests = config.shuffle ? shuffled(plan.tests, config.cwd, roundSeed) : plan.tests;
    return tests.map((file) => {
      const test = { style: styles.get(file) ?? "script", round };
      return testJob(file, test, plan.scope, config, args, roundSeed);
    });
  });
}

function styleOf(test: string, { style }: Config): Style {
  const looks = style === "auto" ? styleOfFile(test) : style;
  return withRunner.includes(looks) ? looks : "script";
}

function testJob(
  absolute: string,
  test: TestFile,
  scope: Scope,
  config: Config,
  args: readonly string[],
  seed: number,
): Job {
  const file = path.relative(process.cwd(), absolute);
  const program = { file, args, interpreter: [interpreter], ...stepsOf(test.style, file, config, seed) };
  const luaPath = test.style === "spec" ? [...config.luaPath, ...specTemplates] : config.luaPath;
  return { ...makeJob(program, scope, { ...config, luaPath }), test };
}

/** The steps of a file that a runner of ours executes; a script's are the default ones. */
function stepsOf(style: Style, file: string, config: Config, seed: number): Pick<Program, "steps"> {
  if (style === "script") return {};
  const settings = style === "spec" ? specSettings(config, seed) : {};
  return { steps: [{ kind: "tests", style, file, settings }] };
}

/** Where a random order starts that nobody has chosen. */
export function newSeed(): number {
  return randomInt(2 ** 31 - 1);
}

export function makeJob(
  program: Omit<Program, "packagePath">,
  scope: Scope,
  { luaPath, linesOnly, sandbox }: Pick<Config, "luaPath" | "linesOnly" | "sandbox">,
): Job {
  return {
    program: {
      ...program,
      packagePath: packagePath({ luaPath, cwd: scope.root }),
      sandbox: sandbox ? scope.root : null,
    },
    scope,
    linesOnly,
    test: null,
  };
}

const script = fileURLToPath(new URL("../../bin/luacov-ts-lua.js", import.meta.url));

/** What runs Lua when a program starts it by `arg[-1]`; Windows does not start scripts by themselves. */
export const interpreter = process.platform === "win32" ? `${process.execPath} ${script}` : script;
