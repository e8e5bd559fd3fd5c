import { findTests } from "../../discover/tests.js";
import { inProject } from "../../errors/projects.js";
import { LuacovError } from "../../errors.js";
import { currentFolder } from "../../files/files.js";
import { type Prepared, prepare } from "../../harness/plan/busted.js";
import { withoutLines } from "../../harness/plan/lines/operands.js";
import { preparePart } from "../projects.js";
import type { WatchedPart } from "./part.js";

type Patterns = readonly string[] | undefined;

/** The tests of a part; null for a project that has none of these. Throws as `run` does. */
export async function preparedFirst(
  { name, config }: WatchedPart,
  patterns: Patterns,
  seed: number,
): Promise<Prepared | null> {
  if (name === null) return prepare(config, patterns);
  try {
    return await preparePart({ ...config, seed: config.seed ?? seed }, patterns ?? []);
  } catch (error) {
    throw error instanceof LuacovError ? inProject(name, error) : error;
  }
}

/** The same later on: test files may go, and come back, and one that is named and gone does not take the others with it. */
export async function preparedAgain(
  part: WatchedPart,
  patterns: Patterns,
  seed: number,
): Promise<Prepared | null> {
  const all = await orNone(preparedFirst(part, patterns, seed));
  if (all !== null || patterns === undefined) return all;
  const there = patterns.filter((each) => hasTests(each, patterns));
  return there.every(isNegated) ? null : orNone(preparedFirst(part, there, seed));
}

async function orNone(prepared: Promise<Prepared | null>): Promise<Prepared | null> {
  try {
    return await prepared;
  } catch (error) {
    if (isNoTests(error)) return null;
    throw error;
  }
}

function isNegated(pattern: string): boolean {
  return pattern.startsWith("!");
}

function hasTests(pattern: string, all: readonly string[]): boolean {
  if (isNegated(pattern)) return true;
  try {
    const { files } = withoutLines([pattern, ...all.filter(isNegated)], currentFolder());
    return findTests(files, currentFolder()).length > 0;
  } catch (error) {
    if (isNoTests(error)) return false;
    throw error;
  }
}

function isNoTests(error: unknown): boolean {
  return error instanceof LuacovError && error.code === "NO_TESTS";
}
