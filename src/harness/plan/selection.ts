import path from "node:path";
import type { Config, Notice, Shard } from "../../types.js";
import { counted } from "../../words.js";
import { recordKey, type TestRecord } from "../record/testRecord.js";
import type { TestLines } from "./lines/operands.js";
import { luaNames } from "./luaNames.js";
import { cutShard } from "./shard.js";

/** Which of the test files to run. */
export interface Selection {
  /** Absolute and sorted. */
  readonly tests: readonly string[];
  /** By key of the record, the full names of the tests to run where these are not all of a file. */
  readonly only: ReadonlyMap<string, readonly string[]>;
  /** By key of the record, in which Luas which files do not run. */
  readonly leftOut: ReadonlySet<string>;
  /** The lines at whose tests alone somebody has asked for, by file. */
  readonly lines: TestLines;
  readonly notices: readonly Notice[];
  /** Which part of all test files these are; null for no part. */
  readonly shard: Shard | null;
}

/** All of the tests in some files. */
export function allOf(tests: readonly string[]): Selection {
  return { tests, only: new Map(), leftOut: new Set(), lines: new Map(), notices: [], shard: null };
}

/** The test files of this shard and, when asked, of these only what failed in the last run. */
export function select(
  tests: readonly string[],
  config: Pick<Config, "shard" | "cwd" | "testRecord" | "lua">,
  record: TestRecord | null,
  rerunFailed: boolean,
): Selection {
  const shard = inShard(tests, config, record ?? {});
  if (!rerunFailed) return shard;
  const failed = failedIn(shard.tests, config, record);
  return { ...failed, notices: [...shard.notices, ...failed.notices], shard: shard.shard };
}

function inShard(
  tests: readonly string[],
  { shard, cwd, lua }: Pick<Config, "shard" | "cwd" | "lua">,
  record: TestRecord,
): Selection {
  if (shard === null) return allOf(tests);
  const part = cutShard(tests, shard, record, cwd, luaNames({ lua }));
  const files = `${part.files.length} of ${counted(tests.length, "test file")}`;
  const message = `Shard ${shard.index}/${shard.count}: ${files}`;
  return { ...allOf(part.files), notices: [information(message, cwd)], shard: part.shard };
}

function failedIn(
  tests: readonly string[],
  { cwd, testRecord, lua }: Pick<Config, "cwd" | "testRecord" | "lua">,
  record: TestRecord | null,
): Omit<Selection, "shard"> {
  if (record === null) {
    const message = `There is no record of a last run in ${path.relative(cwd, testRecord)}, so all test files run`;
    return { ...allOf(tests), notices: [information(message, cwd)] };
  }
  const keysOf = (file: string) => luaNames({ lua }).map((name) => recordKey(file, cwd, name));
  const hasFailed = (key: string) => record[key]?.failed === true;
  const failed = tests.filter((file) => keysOf(file).some(hasFailed));
  const keys = failed.flatMap(keysOf);
  const named = keys.map((key) => [key, record[key]?.failedTests ?? []] as const);
  const only = new Map(named.filter(([, names]) => names.length > 0));
  const leftOut = new Set(keys.filter((key) => !hasFailed(key)));
  const message = "Nothing failed in the last run, so nothing was run again";
  return {
    tests: failed,
    only,
    leftOut,
    lines: new Map(),
    notices: failed.length === 0 ? [information(message, cwd)] : [],
  };
}

function information(message: string, file: string): Notice {
  return { level: "information", file, message };
}
