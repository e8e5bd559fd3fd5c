/** Which test covers what, in a temp-dir, beside what is known of its coverage maps: each run leaves a file, whole or not at all. */

import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { type Head, readLines, writeLines } from "../byTest/format.js";
import { mergeByTest } from "../byTest/merge.js";
import { JsonBytes } from "../coverage/packed/jsonBytes.js";
import { rebase } from "../coverage/rebase.js";
import { badByTestFile, noByTest } from "../errors/byTest.js";
import { isFile, readContent, startOf } from "../files/files.js";
import { namesIn } from "../output/leftovers.js";
import { openWhole } from "../output/whole.js";
import type { ByTest, Config } from "../types.js";
import { ownFolder } from "./origin.js";
import { keepInOwnFolder } from "./ownFiles.js";
import { beginOfGroup } from "./runs.js";

/** What is compressed at a time, in bytes: each piece is a member of the gzip file. */
const pieceLength = 4_000_000;

/** Of compression: 6 would take three times as long, for three quarters of the size. */
const level = 3;

/** Keeps what tests covered, null for what nobody has asked for; what was kept before would be of other maps. Throws NOT_WRITABLE. */
export function replaceByTest(
  config: Pick<Config, "tempDir" | "clean" | "cwd" | "sandbox">,
  byTest: ByTest | null,
  began: number,
): void {
  if (byTest !== null) keepByTest(config, byTest, began);
  else if (config.clean) removeByTest(config.tempDir, began);
}

/**
 * Keeps what the tests of a run covered that began at some time, in milliseconds since 1970. With `clean` it takes the place of
 * that of runs that ended before it, and before those at the same time, began. Throws NOT_WRITABLE.
 */
function keepByTest(
  config: Pick<Config, "tempDir" | "clean" | "cwd" | "sandbox">,
  byTest: ByTest,
  began: number,
): void {
  keepInOwnFolder(config, (folder, options) => {
    if (config.clean) removeByTest(config.tempDir, began);
    const head: Head = {
      format: "luacov-ts by test",
      version: 1,
      root: config.cwd,
      began,
      ended: Date.now(),
    };
    const whole = openWhole(path.join(folder, `by-test-${randomUUID()}.jsonl.gz`), options);
    try {
      for (const piece of piecesOf(head, byTest)) whole.write(piece);
    } catch (error) {
      whole.discard();
      throw error;
    }
    whole.commit();
  });
}

function* piecesOf(head: Head, byTest: ByTest): Generator<Uint8Array> {
  const json = new JsonBytes(pieceLength);
  for (const _ of writeLines(head, byTest, json)) {
    if (json.length < pieceLength) continue;
    yield gzipSync(json.bytes, { level });
    json.clear();
  }
  if (json.length > 0) yield gzipSync(json.bytes, { level });
}

/** Removes what runs have left that ended before one began: it stands beside maps that this one replaces. */
function removeByTest(tempDir: string, began: number): void {
  const known = filesIn(tempDir).map((file) => ({ file, ...intervalOf(file) }));
  const start = beginOfGroup(began, known);
  for (const { file, ended } of known) if (ended <= start) rmSync(file, { force: true });
}

/**
 * What runs have left of it in a temp-dir. Sources of other checkouts count for those of the project at `root`. Throws
 * NO_COVERAGE where there is none, and BAD_COVERAGE_FILE.
 */
export function readByTest({ tempDir, cwd }: Pick<Config, "tempDir" | "cwd">): ByTest {
  const found = findByTest(tempDir, cwd);
  if (found === null) throw noByTest(tempDir);
  return found;
}

/** The same, null where there is none. */
export function findByTest(tempDir: string, root: string): ByTest | null {
  const files = filesIn(tempDir);
  return files.length === 0 ? null : mergeByTest(files.map((file) => moved(readByTestFile(file), root)));
}

function readByTestFile(file: string): { readonly head: Head; readonly byTest: ByTest } {
  try {
    return readLines(gunzipSync(readContent(file)).toString("utf8").split("\n"));
  } catch (cause) {
    throw badByTestFile(file, cause);
  }
}

function moved({ head, byTest }: { readonly head: Head; readonly byTest: ByTest }, to: string): ByTest {
  const files = Object.fromEntries(byTest.sources.map(({ path: file }) => [file, { path: file, was: file }]));
  const places = new Map(
    Object.values(rebase(files, head.root, to, isFile)).map(({ path: file, was }) => [was, file]),
  );
  const sources = byTest.sources.map((source) => ({
    ...source,
    path: places.get(source.path) ?? source.path,
  }));
  return { ...byTest, sources };
}

const fileName = /^by-test-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.jsonl\.gz$/;

function filesIn(tempDir: string): string[] {
  const own = path.join(tempDir, ownFolder);
  return namesIn(own)
    .filter((name) => fileName.test(name))
    .map((name) => path.join(own, name));
}

/** More bytes than a head takes, in which is the longest path of a system. */
const headLength = 32_768;

/** What cannot be read is of no use to anybody. */
function intervalOf(file: string): Pick<Head, "began" | "ended"> {
  try {
    // What is cut off there is no error.
    const text = gunzipSync(startOf(file, headLength), { finishFlush: constants.Z_SYNC_FLUSH }).toString(
      "utf8",
    );
    return readLines([text.slice(0, text.indexOf("\n"))]).head;
  } catch {
    return { began: 0, ended: 0 };
  }
}
