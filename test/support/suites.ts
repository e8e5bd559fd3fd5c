import { readFileSync } from "node:fs";
import path from "node:path";
import type { TestResult } from "../../src/types.js";
import { root } from "../command.js";
import { runCli } from "./cli.js";
import { type DebianLua, startBusted } from "./debianLua.js";
import { makeFolder } from "./folder.js";

/** What a runner says of the specs of a suite, in the order in which they ran. */
export interface SuiteResults {
  readonly success: boolean;
  /** `STATUS: NAMES`, and the message below. */
  readonly results: readonly string[];
}

/** The part of the JSON test reporter's object that matters here. */
interface JsonReport {
  readonly success: boolean;
  readonly files: readonly { readonly results: readonly TestResult[] }[];
}

type Environment = Readonly<Record<string, string>>;

const handler = path.join(root, "test/harness/specs/handler.lua");

/** Runs the folder `spec` of a suite by busted. */
export function resultsOfBusted(lua: DebianLua, suite: string, environment: Environment): SuiteResults {
  const file = path.join(makeFolder({}), "results");
  const { status } = startBusted(lua, ["-o", handler, "spec"], {
    cwd: suite,
    environment: { ...environment, RESULTS: file },
  });
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return { success: status === 0, results: comparable(lines.map((line) => JSON.parse(line))) };
}

/** Runs the folder `spec` of a suite by our own runner. */
export async function resultsOfOurs(
  args: readonly string[],
  suite: string,
  environment: Environment,
): Promise<SuiteResults> {
  const folder = makeFolder({});
  const [file, maps] = ["results", "maps"].map((name) => path.join(folder, name));
  const own = ["--reporter", "none", "--temp-dir", maps ?? "", "--test-reporter", `json=${file}`];
  await runCli(suite, [...args, ...own, "spec"], environment);
  const { files, success }: JsonReport = JSON.parse(readFileSync(file ?? "", "utf8"));
  return { success, results: comparable(files.flatMap(({ results }) => results)) };
}

function comparable(results: readonly Pick<TestResult, "names" | "status" | "message">[]): string[] {
  const texts = results.map(({ names, status, message }) => `${status}: ${names.join(" ")}\n${message}`);
  return texts.map((text) => text.replace(/\b(table|function|thread|userdata): (0x[0-9a-f]+)/g, "$1: 0x…"));
}
