/** Which sources of a project are measured, and why others are not. */

import { isTestReason } from "../discover/testCode.js";
import { verdict } from "../discover/verdict.js";
import { planFor } from "../harness/plan/plan.js";
import type { Config } from "../types.js";
import { someOf } from "../words.js";
import type { Problem, Project, Setting } from "./project.js";
import type { LuaFile } from "./read/files.js";

export type Measured = Pick<Project, "sources" | "leftOut">;

const testReason = "tests, and what is there for them";

export function measuredOf(config: Config, tests: readonly string[], files: readonly LuaFile[]): Measured {
  const { scope } = planFor({ ...config, all: false }, tests);
  const known = { ...scope, hasOtherTests: true };
  const sources: string[] = [];
  const reasons = new Map<string, string[]>();
  for (const { name, file } of files) {
    const { measured, reason } = verdict(known, file);
    if (measured) sources.push(name);
    else {
      const said = isTestReason(reason) ? testReason : reason;
      reasons.set(said, [...(reasons.get(said) ?? []), name]);
    }
  }
  return { sources, leftOut: [...reasons].map(([reason, names]) => ({ reason, files: names })) };
}

/** That a run would end without coverage, which is a failure, as far as the Lua files here tell. */
export function unmeasuredProblems(
  { coverage, exclude, extension }: Config,
  tests: readonly LuaFile[],
  { sources, leftOut }: Measured,
): Problem[] {
  const isLuaAlone =
    extension.every((each) => each === ".lua") && !exclude.some((each) => each.startsWith("!"));
  if (!coverage || !isLuaAlone || tests.length === 0 || sources.length > 0) return [];
  const others = leftOut.filter(({ reason }) => reason !== testReason);
  const text = "Nothing would be measured, so that a run fails";
  const [first] = others;
  const message =
    first === undefined
      ? `${text}: there is no Lua file beside the tests. Let them load what they test, or run them alone, by --no-coverage.`
      : `${text}: ${someOf(first.files)} ${first.files.length === 1 ? "is" : "are"} left out (${first.reason}). Change include or exclude, or run the tests alone, by --no-coverage.`;
  return [{ message, commands: [] }];
}

/** Where other people's code is that somebody has copied into a project. */
const copies = /^(?:vendor|vendored|third[_-]?party|deps|external)\//;

/** The option that leaves out what is measured, and not the project's. */
export function excludeSetting(sources: readonly string[], patterns: readonly string[]): Setting | null {
  const folders = sources.flatMap((name) => copies.exec(name)?.map((folder) => `${folder}**`) ?? []);
  const value = [...new Set(folders)];
  if (value.length === 0) return null;
  const reason = `${value.join(", ")}: not written in this project.`;
  return { key: "exclude", value: [...patterns, ...value], reason, isNeeded: false };
}
