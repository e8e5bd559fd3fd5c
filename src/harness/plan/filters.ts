import path from "node:path";
import { dashed, type OptionKey } from "../../config/options/options.js";
import { currentFolder } from "../../files/files.js";
import type { Config, Notice, Outcome, Style } from "../../types.js";
import { counted, someOf } from "../../words.js";
import { styleOfFile } from "./style.js";

const filters = ["tags", "excludeTags", "filter", "filterOut", "name"] as const;

/** Options of busted's: scripts are one test, without blocks and hooks, and LuaUnit has options of its own. */
const forSpecs: readonly OptionKey[] = [
  ...filters,
  "helper",
  "helperArgs",
  "sort",
  "lazy",
  "suppressPending",
];

/** What may have left tests out, besides filters. */
interface Asked {
  /** Arguments of the tests, which LuaUnit takes for filters. */
  readonly args?: readonly string[];
  /** Whether only what failed in the last run was to run. */
  readonly rerunFailed?: boolean;
}

/**
 * That test files have no tests, or none that filters let through. Where that is true of all of them, it is a problem: a
 * mistyped filter or name must not pass for a green run. A shard may well have none.
 */
export function missingTests(config: Config, outcomes: readonly Outcome[], asked: Asked): Notice[] {
  if (config.shard !== null || config.specs.suppressPending) return [];
  const files = filesWith(outcomes, () => true);
  const tested = filesWith(outcomes, ({ results, interrupted }) => results.length > 0 || interrupted);
  const empty = files.filter((file) => !tested.includes(file));
  if (empty.length === 0) return [];
  const limit = limitText(config, asked);
  if (tested.length === 0) {
    const message = `No test was run: ${haveNone(empty)}${limit}`;
    return [{ level: config.passWithNoTests ? "information" : "problem", file: config.cwd, message }];
  }
  if (limit !== "") return [];
  const message = `${someOf(empty)} ${empty.length === 1 ? "has" : "have"} no tests`;
  return [{ level: "warning", file: path.resolve(empty[0] ?? ""), message }];
}

/** What tests had to be to run; empty when all were to. */
function limitText({ specs }: Config, { args = [], rerunFailed = false }: Asked): string {
  const given = filters.filter((key) => specs[key].length > 0);
  const flags = given.map((key) => `--${dashed(key)} ${specs[key].join(",")}`);
  const passed = [...flags, ...(args.length > 0 ? [`-- ${args.join(" ")}`] : [])].join(" ");
  const rerun = rerunFailed ? " of those that failed in the last run" : "";
  return `${rerun}${passed === "" ? "" : ` that ${passed} lets through`}`;
}

function filesWith(outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): string[] {
  return [...new Set(outcomes.filter(holds).map(({ file }) => file))];
}

function haveNone(files: readonly string[]): string {
  const [only] = files;
  return files.length === 1 ? `${only} has none` : `the ${counted(files.length, "test file")} have none`;
}

/** That options which count for specs alone were given for test files that are none. */
export function unheardOptions(config: Config, tests: readonly string[]): Notice[] {
  const given = forSpecs.filter((key) => config.given.includes(key) && isSet(key, config));
  if (given.length === 0) return [];
  const styleOf = (file: string): Style => (config.style === "auto" ? styleOfFile(file) : config.style);
  const others = tests
    .map((file) => ({ file, style: styleOf(file) }))
    .filter(({ style }) => style !== "spec");
  if (others.length === 0) return [];
  const flags = given.map((key) => `--${dashed(key)}`);
  const names = someOf(
    others.map(({ file, style }) => `${path.relative(currentFolder(), file)} (${words[style]})`),
  );
  const message = `${someOf(flags, flags.length)} ${flags.length === 1 ? "counts" : "count"} for specs alone, not for ${names}`;
  const advice = [
    ...(given.includes("helper") ? ["a setup file runs before each test file (--setup)"] : []),
    ...(others.some(({ style }) => style === "luaunit") ? ['LuaUnit\'s own options follow "--"'] : []),
  ];
  return [{ level: "warning", file: config.cwd, message: [message, ...advice].join("; ") }];
}

const words: Readonly<Record<Style, string>> = { spec: "a spec", luaunit: "LuaUnit", script: "a script" };

function isSet(key: OptionKey, { specs }: Config): boolean {
  const value: unknown = Object.hasOwn(specs, key)
    ? Object.entries(specs).find(([name]) => name === key)?.[1]
    : null;
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== false;
}
