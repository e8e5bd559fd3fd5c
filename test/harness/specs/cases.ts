import { readFileSync } from "node:fs";
import path from "node:path";
import type { Settings, TestReport } from "../../../src/types.js";
import { root } from "../../command.js";
import { type DebianLua, startBusted } from "../../support/debianLua.js";
import { makeFolder } from "../../support/folder.js";

export const folder = path.join("test", "harness", "specs");

/** A file of specs with the settings of our runner, and busted's arguments that mean the same. */
export interface Case {
  readonly file: string;
  readonly settings?: Settings;
  readonly args?: readonly string[];
  /** What the tests get as arg. */
  readonly arguments?: readonly string[];
}

const helper = path.join(folder, "helper.lua");

export const cases: readonly Case[] = [
  { file: "statuses.lua" },
  { file: "hooks.lua" },
  { file: "hooks.lua", settings: { lazy: true }, args: ["--lazy"] },
  { file: "insulation.lua" },
  { file: "module.lua" },
  { file: "randomized.lua" },
  { file: "syntax.lua" },
  { file: "assertions_inside.lua" },
  { file: "lazy.lua" },
  { file: "lazy.lua", settings: { lazy: true }, args: ["--lazy"] },
  {
    file: "helped.lua",
    settings: { helper, helperArgs: ["a", "b"] },
    args: ["--helper", helper, "-Xhelper", "a,b"],
  },
  { file: "names.lua" },
  { file: "names.lua", settings: { tags: ["fast"] }, args: ["--tags", "fast"] },
  { file: "names.lua", settings: { tags: ["fast", "slow"] }, args: ["--tags", "fast,slow"] },
  { file: "names.lua", settings: { excludeTags: ["slow"] }, args: ["--exclude-tags", "slow"] },
  {
    file: "names.lua",
    settings: { tags: ["unit"], excludeTags: ["fast", "tags"] },
    args: ["--tags=unit", "--exclude-tags=fast,tags"],
  },
  { file: "names.lua", settings: { filter: ["add"] }, args: ["--filter", "add"] },
  {
    file: "names.lua",
    settings: { filter: ["^texts .*l$", "%("] },
    args: ["--filter=^texts .*l$", "--filter=%("],
  },
  {
    file: "names.lua",
    settings: { filterOut: ["add", "slow"] },
    args: ["--filter-out=add", "--filter-out=slow"],
  },
  {
    file: "names.lua",
    settings: { filter: ["numbers"], filterOut: ["tags"], tags: ["slow", "fast"] },
    args: ["--filter=numbers", "--filter-out=tags", "--tags=slow,fast"],
  },
  {
    file: "names.lua",
    settings: { filter: ["nothing is called so"] },
    args: ["--filter=nothing is called so"],
  },
  { file: "names.lua", settings: { bail: 1 }, args: ["--no-keep-going"] },
  { file: "hooks.lua", settings: { bail: 1 }, args: ["--no-keep-going"] },
  { file: "names.lua", settings: { sort: true }, args: ["--sort-tests"] },
];

export const named = cases.map((each) => [describeCase(each), each] as const);

function describeCase({ file, args = [] }: Case): string {
  return [file, ...args].join(" ");
}

/** Where busted says that a line of its own failed, or no line at all, we say more; the rest has to agree. */
export function withoutOwnPlace(result: Comparable, expected: Comparable | undefined): Comparable {
  if (expected === undefined) return result;
  const { failedLine, traceback } = expected;
  if (failedLine === null && traceback === "") return { ...result, failedLine };
  const own = /^\/usr\/\S+:\d+: /.exec(expected.message)?.[0];
  if (own === undefined) return result;
  return { ...result, failedLine, traceback, message: result.message.replace(/^\S+:\d+: /, own) };
}

/** What is compared of a result: everything but times. */
export interface Comparable {
  readonly descriptor: string;
  readonly status: string;
  readonly names: readonly string[];
  readonly message: string;
  readonly traceback: string;
  readonly line: number | null;
  readonly failedLine: number | null;
}

export function comparable({
  descriptor,
  status,
  names,
  message,
  traceback,
  place,
  failedAt,
}: TestReport): Comparable {
  return {
    descriptor,
    status,
    names,
    message: withoutAddresses(message),
    traceback,
    line: place?.line ?? null,
    failedLine: failedAt?.line ?? null,
  };
}

/** What busted says of a case. */
export function theirs({ file, args = [] }: Case, lua: DebianLua): Comparable[] {
  const results = path.join(makeFolder({}), "results");
  const handler = path.join(folder, "handler.lua");
  const given = ["-o", handler, "--pattern=", ...args, path.join(folder, file)];
  startBusted(lua, given, { cwd: root, environment: { RESULTS: results } });
  const lines = readFileSync(results, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => {
    const result: Comparable = JSON.parse(line);
    return { ...result, message: withoutAddresses(result.message) };
  });
}

function withoutAddresses(message: string): string {
  return message.replace(/\b(table|function|thread): (0x[0-9a-f]+)/g, "$1: 0x…");
}
