import path from "node:path";
import type { Config, Notice, Shard } from "../../types.js";
import { counted } from "../../words.js";
import { recordName, type TestRecord } from "../record/testRecord.js";
import { cutShard } from "./shard.js";

/** Which of the test files to run. */
export interface Selection {
  /** Absolute and sorted. */
  readonly tests: readonly string[];
  /** By absolute path, the full names of the tests to run where these are not all of a file. */
  readonly only: ReadonlyMap<string, readonly string[]>;
  readonly notices: readonly Notice[];
  /** Which part of all test files these are; null for no part. */
  readonly shard: Shard | null;
}

/** The test files of this shard and, when asked, of these only what failed in the last run. */
export function select(
  tests: readonly string[],
  config: Pick<Config, "shard" | "cwd" | "testRecord">,
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
  { shard, cwd }: Pick<Config, "shard" | "cwd">,
  record: TestRecord,
): Selection {
  const only = new Map<string, readonly string[]>();
  if (shard === null) return { tests, only, notices: [], shard };
  const part = cutShard(tests, shard, record, cwd);
  const files = `${part.files.length} of ${counted(tests.length, "test file")}`;
  const message = `Shard ${shard.index}/${shard.count}: ${files}`;
  return { tests: part.files, only, notices: [information(message, cwd)], shard: part.shard };
}

function failedIn(
  tests: readonly string[],
  { cwd, testRecord }: Pick<Config, "cwd" | "testRecord">,
  record: TestRecord | null,
): Omit<Selection, "shard"> {
  if (record === null) {
    const message = `There is no record of a last run in ${path.relative(cwd, testRecord)}, so all test files run`;
    return { tests, only: new Map(), notices: [information(message, cwd)] };
  }
  const failed = tests.filter((file) => record[recordName(file, cwd)]?.failed);
  const named = failed.map((file) => [file, record[recordName(file, cwd)]?.failedTests ?? []] as const);
  const only = new Map(named.filter(([, names]) => names.length > 0));
  const message = "Nothing failed in the last run, so nothing was run again";
  return { tests: failed, only, notices: failed.length === 0 ? [information(message, cwd)] : [] };
}

function information(message: string, file: string): Notice {
  return { level: "information", file, message };
}
