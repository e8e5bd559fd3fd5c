import path from "node:path";
import { fileURLToPath } from "node:url";
import { findSources } from "../discover/sources.js";
import { findTests } from "../discover/tests.js";
import type { Config, Job, Plan, Program, Scope } from "../types.js";
import { packagePath } from "./packagePath.js";

/** Decides which files to run and which to count. Throws NO_TESTS when no pattern matches a file. */
export function makePlan(config: Config, patterns: readonly string[]): Plan {
  return planFor(config, findTests(patterns, process.cwd()));
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
    const file = path.relative(process.cwd(), test);
    const job = makeJob({ file, args, interpreter: [interpreter] }, plan.scope, config);
    return { ...job, test: { style: "script", round: 1 } };
  });
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
