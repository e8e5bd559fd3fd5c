import path from "node:path";
import * as v from "valibot";
import { currentFolder, isFile, isTaken, readContent } from "../../files/files.js";
import { withLock } from "../../output/lock.js";
import { type Fence, makeFolder } from "../../output/place.js";
import { writeWhole } from "../../output/whole.js";
import type { Notice, Outcome } from "../../types.js";
import { fullName, hasFailed } from "../run/results/totals.js";

const fileSchema = v.object({
  duration: v.pipe(v.number(), v.minValue(0)),
  failed: v.boolean(),
  failedTests: v.array(v.string()),
  fromShard: v.optional(v.boolean()),
});

const schema = v.object({ version: v.literal(1), files: v.record(v.string(), fileSchema) });

/** What is known of a test file since it last ran. */
export interface RecordedFile {
  /** In milliseconds. */
  readonly duration: number;
  readonly failed: boolean;
  /** Full names of the tests that failed; none when it was the file as a whole. */
  readonly failedTests: readonly string[];
  /**
   * Known from a shard alone. The other shards are cut without its duration, until all are known: else a file might
   * run in two of them, or in none.
   */
  readonly fromShard?: boolean | undefined;
}

/** What is known of test files, by their keys: paths relative to the project root with "/", and a Lua of the user's. */
export type TestRecord = Readonly<Record<string, RecordedFile>>;

/** The record in a file: null when there is none, or when it is of no use, which is a notice. */
export function readTestRecord(file: string): { record: TestRecord | null; notices: readonly Notice[] } {
  if (!isTaken(file)) return { record: null, notices: [] };
  try {
    const content: unknown = JSON.parse(readContent(file).toString("utf8"));
    const result = v.safeParse(schema, content);
    if (result.success) return { record: result.output.files, notices: [] };
    return { record: null, notices: [unusable(file, "it is none of this version of luacov-ts")] };
  } catch (error) {
    return { record: null, notices: [unusable(file, reasonOf(error))] };
  }
}

/** Changes the record in a file, which other runs may be about to change, too. That it cannot be written is a notice. */
export function changeTestRecord(
  file: string,
  fence: Fence,
  change: (previous: TestRecord) => TestRecord,
): readonly Notice[] {
  try {
    makeFolder(path.dirname(file), fence);
    return withLock(file, () => {
      write(file, fence, change(readTestRecord(file).record ?? {}));
      return [];
    });
  } catch (error) {
    const message = `The test record ${file} cannot be written: ${reasonOf(error)}`;
    return [{ level: "warning", file, message }];
  }
}

function write(file: string, fence: Fence, record: TestRecord): void {
  const sorted = Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify({ version: 1, files: sorted }, null, 1)}\n`;
  writeWhole(file, text, { fence, replacesPipes: true });
}

/** Under what a record knows how a test file went in a Lua: its name, and behind a tab a Lua of the user's. */
export function recordKey(file: string, root: string, lua: string | null): string {
  return lua === null ? recordName(file, root) : `${recordName(file, root)}\t${lua}`;
}

/** How a test file is called in a record. */
export function recordName(file: string, root: string): string {
  return path.relative(root, path.resolve(currentFolder(), file)).split(path.sep).join("/");
}

/**
 * A record after a run: what ran is new, the rest stays, except for files that are gone. `partial` says of which
 * files only some tests ran: their time stays, and that of all files when the run was a shard.
 */
export function updatedRecord(
  previous: TestRecord,
  outcomes: readonly Outcome[],
  root: string,
  partial: ReadonlySet<string>,
  isShard = false,
): TestRecord {
  const kept = Object.entries(previous).filter(([key]) =>
    isFile(path.resolve(root, key.split("\t")[0] ?? "")),
  );
  const record: Record<string, RecordedFile> = Object.fromEntries(kept);
  const seen = new Set<string>();
  for (const outcome of outcomes.filter(({ interrupted }) => !interrupted)) {
    const name = recordKey(outcome.file, root, outcome.lua);
    const own = recorded(outcome);
    // Of the repetitions of a suite any can fail.
    const before = seen.has(name) ? record[name] : undefined;
    const keepsTime = isShard || partial.has(name);
    const fromShard = isShard && (record[name]?.fromShard ?? record[name] === undefined);
    record[name] = {
      duration: (keepsTime ? record[name]?.duration : undefined) ?? own.duration,
      ...(fromShard ? { fromShard } : {}),
      failed: own.failed || (before?.failed ?? false),
      failedTests: [...new Set([...(before?.failedTests ?? []), ...own.failedTests])],
    };
    seen.add(name);
  }
  return record;
}

function recorded({ exit, duration, results }: Outcome): RecordedFile {
  const failed = results.filter(hasFailed);
  const onlyTests = exit.kind === "returned" && failed.every(({ descriptor }) => descriptor === "it");
  return {
    duration: Math.round(duration * 10) / 10,
    failed: failed.length > 0,
    failedTests: onlyTests ? [...new Set(failed.map(fullName))] : [],
  };
}

function unusable(file: string, reason: string): Notice {
  const message = `The test record ${file} cannot be used and is made anew: ${reason}`;
  return { level: "warning", file, message };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
