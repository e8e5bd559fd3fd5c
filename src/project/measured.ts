/** Which sources of a project are measured, and why others are not. */

import { isTestReason } from "../discover/testCode.js";
import { verdict } from "../discover/verdict.js";
import { planFor } from "../harness/plan/plan.js";
import type { Config } from "../types.js";
import type { Project, Setting } from "./project.js";
import type { LuaFile } from "./read/files.js";

export type Measured = Pick<Project, "sources" | "leftOut">;

export function measuredOf(config: Config, tests: readonly string[], files: readonly LuaFile[]): Measured {
  const { scope } = planFor({ ...config, all: false }, tests);
  const known = { ...scope, hasOtherTests: true };
  const sources: string[] = [];
  const reasons = new Map<string, string[]>();
  for (const { name, file } of files) {
    const { measured, reason } = verdict(known, file);
    if (measured) sources.push(name);
    else {
      const said = isTestReason(reason) ? "tests, and what is there for them" : reason;
      reasons.set(said, [...(reasons.get(said) ?? []), name]);
    }
  }
  return { sources, leftOut: [...reasons].map(([reason, names]) => ({ reason, files: names })) };
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
