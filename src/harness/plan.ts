import path from "node:path";
import { findSources } from "../discover/sources.js";
import { findTests } from "../discover/tests.js";
import type { Config, Job, Plan, Scope } from "../types.js";
import { packagePath } from "./packagePath.js";

/** Decides which files to run and which to count. Throws NO_TESTS when no pattern matches a file. */
export function makePlan(config: Config, patterns: readonly string[]): Plan {
  const tests = findTests(patterns, process.cwd());
  const { cwd: root, include, exclude, extension } = config;
  const scope: Scope = { root, tests, include, exclude, extension };
  return { tests, sources: config.all ? findSources(scope) : [], scope };
}

/** One job for each test file. Files are named as a person in the current folder would name them. */
export function makeJobs(plan: Plan, config: Config, args: readonly string[]): Job[] {
  return plan.tests.map((test) => ({
    program: { file: path.relative(process.cwd(), test), args, packagePath: packagePath(config) },
    scope: plan.scope,
    linesOnly: config.linesOnly,
  }));
}
