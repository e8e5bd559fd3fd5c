import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Config, Notice, Outcome, Shard } from "../../types.js";
import type { Selection } from "../plan/selection.js";
import { readTestRecord, recordName, type TestRecord, updatedRecord, writeTestRecord } from "./testRecord.js";

/** Keeps what the next run may want to know of test files. Returns what could not be done. */
export function keepRecord(
  config: Config,
  outcomes: readonly Outcome[],
  { only, shard }: Selection,
): readonly Notice[] {
  if (outcomes.length === 0) return [];
  const folder = recordFolder(config.tempDir);
  if (config.clean) for (const file of shardRecords(folder)) rmSync(file);
  const previous = readTestRecord(config.testRecord).record ?? {};
  const partial = new Set([...only.keys()].map((file) => recordName(file, config.cwd)));
  const record = updatedRecord(previous, outcomes, config.cwd, partial);
  const notices = writeTestRecord(config.testRecord, record);
  if (shard === null) return notices;
  const ran = new Set(outcomes.map(({ file }) => recordName(file, config.cwd)));
  const own = Object.fromEntries(Object.entries(record).filter(([name]) => ran.has(name)));
  return [...notices, ...writeTestRecord(path.join(folder, shardRecordName(shard)), own)];
}

/**
 * Takes what shards have left in a temp-dir into the test record: each knows only how its own files went. It is
 * taken once, so that it does not replace what later runs find out. Returns what could not be done.
 */
export function joinTestRecords(
  { testRecord }: Pick<Config, "testRecord">,
  tempDir: string,
): readonly Notice[] {
  const files = shardRecords(recordFolder(tempDir));
  if (files.length === 0) return [];
  const read = [testRecord, ...files].map(readTestRecord);
  const joined: TestRecord = Object.assign({}, ...read.map(({ record }) => record));
  const doubts = read.flatMap(({ notices }) => notices);
  const written = writeTestRecord(testRecord, joined);
  if (written.length === 0) for (const file of files) rmSync(file);
  return [...doubts, ...written];
}

/** Beside the coverage maps, where nyc takes no notice of it. */
function recordFolder(tempDir: string): string {
  return path.join(tempDir, "luacov-ts");
}

function shardRecordName({ index, count }: Shard): string {
  return `tests-${index}-of-${count}.json`;
}

function shardRecords(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^tests-\d+-of-\d+\.json$/.test(name));
    return names.sort().map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
