import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { namesIn } from "../../output/leftovers.js";
import { type Fence, makeOwnFolder } from "../../output/place.js";
import type { Config, Notice, Outcome, Shard } from "../../types.js";
import type { Selection } from "../plan/selection.js";
import { changeTestRecord, readTestRecord, recordKey, type TestRecord, updatedRecord } from "./testRecord.js";

/** Keeps what the next run may want to know of test files. Returns what could not be done. */
export function keepRecord(
  config: Config,
  outcomes: readonly Outcome[],
  { only, shard }: Selection,
): readonly Notice[] {
  if (outcomes.length === 0 && shard === null) return [];
  const { tempDir, testRecord, clean, cwd } = config;
  if (clean) removeShardRecords(tempDir, (count) => count !== shard?.count);
  const partial = new Set(only.keys());
  const update = (isShard: boolean) => (previous: TestRecord) =>
    updatedRecord(previous, outcomes, cwd, partial, isShard);
  const hasRun = outcomes.length > 0;
  const notices = hasRun ? changeTestRecord(testRecord, fenceOf(config), update(shard !== null)) : [];
  if (shard === null) return notices;
  const own = path.join(recordFolder(tempDir), shardRecordName(shard));
  const known = readTestRecord(testRecord).record ?? {};
  const ran = new Set(outcomes.map(({ file, lua }) => recordKey(file, cwd, lua)));
  const record = Object.entries(update(false)(known)).filter(([name]) => ran.has(name));
  const changed = (previous: TestRecord) => (hasRun ? Object.fromEntries(record) : previous);
  return [...notices, ...changeTestRecord(own, fenceOf(config), changed)];
}

/**
 * Takes what shards have left in a temp-dir into the test record, once all of them have: each knows only how its own
 * files went. It is taken once, so that it does not replace what later runs find out. Returns what could not be done.
 */
export function joinTestRecords(
  config: Pick<Config, "testRecord" | "cwd" | "sandbox">,
  tempDir: string,
): readonly Notice[] {
  const folder = recordFolder(tempDir);
  if (existsSync(folder)) makeOwnFolder(folder, fenceOf(config));
  const all = shardRecords(tempDir);
  const files = all.filter(({ count }) => all.filter((each) => each.count === count).length === count);
  if (files.length === 0) return [];
  const read = files.map(({ file }) => readTestRecord(file));
  const doubts = [readTestRecord(config.testRecord), ...read].flatMap(({ notices }) => notices);
  const written = changeTestRecord(config.testRecord, fenceOf(config), (previous) =>
    Object.assign({}, previous, ...read.map(({ record }) => record)),
  );
  if (written.length === 0) for (const { file } of files) rmSync(file, { force: true });
  return [...doubts, ...written];
}

function fenceOf({ sandbox, cwd }: Pick<Config, "sandbox" | "cwd">): Fence {
  return sandbox ? cwd : null;
}

/** Beside the coverage maps, where nyc takes no notice of it. */
function recordFolder(tempDir: string): string {
  return path.join(tempDir, "luacov-ts");
}

function shardRecordName({ index, count }: Shard): string {
  return `tests-${index}-of-${count}.json`;
}

function removeShardRecords(tempDir: string, isOver: (count: number) => boolean): void {
  for (const { file, count } of shardRecords(tempDir)) if (isOver(count)) rmSync(file, { force: true });
}

function shardRecords(tempDir: string): { readonly file: string; readonly count: number }[] {
  const folder = recordFolder(tempDir);
  return namesIn(folder).flatMap((name) => {
    const count = /^tests-\d+-of-(\d+)\.json$/.exec(name)?.[1];
    return count === undefined ? [] : [{ file: path.join(folder, name), count: Number(count) }];
  });
}
