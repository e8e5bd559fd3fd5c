import path from "node:path";
import { fileURLToPath } from "node:url";
import { findSources } from "../discover/sources.js";
import { findDefaultTests, findTests } from "../discover/tests.js";
import type { Config, Job, Plan, Program, Scope, Settings, Step, Style } from "../types.js";
import { packagePath, specTemplates } from "./packagePath.js";
import { styleOfFile } from "./style.js";

/** The styles that have a runner in src/lua; files of the others run as scripts. */
const withRunner: readonly Style[] = [];

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

/** One job for each test file. Files are named as a person in the current folder would name them. */
export function makeJobs(plan: Plan, config: Config, args: readonly string[]): Job[] {
  return plan.tests.map((test) => {
    const looks = config.style === "auto" ? styleOfFile(test) : config.style;
    const style = withRunner.includes(looks) ? looks : "script";
    const file = path.relative(process.cwd(), test);
    const program = { file, args, interpreter: [interpreter], ...stepsOf(style, file, config) };
    const luaPath = looks === "spec" ? [...config.luaPath, ...specTemplates] : config.luaPath;
    return { ...makeJob(program, plan.scope, { ...config, luaPath }), test: { style, round: 1 } };
  });
}

/** The steps of a file that a runner of ours executes; a script's are the default ones. */
function stepsOf(style: Style, file: string, config: Config): { readonly steps?: readonly Step[] } {
  if (style === "script") return {};
  const settings = style === "spec" ? specSettings(config) : {};
  return { steps: [{ kind: "tests", style, file, settings }] };
}

/** What the runner of specs is told. */
function specSettings(_config: Config): Settings {
  return {};
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
