import { createFingerprints, type Fingerprints } from "../../affected/record/fingerprint.js";
import { runPrepared } from "../../api/run.js";
import { prepare } from "../../harness/plan/busted.js";
import { fullName, hasFailed } from "../../harness/run/results/totals.js";
import { readByTest } from "../../store/byTestFile.js";
import type { Config, Outcome } from "../../types.js";
import type { FirstRun, TestedFile } from "./messages.js";
import { digestOfInput, settledInputs } from "./settledInputs.js";

/** Runs all tests in a copy without a mutant, and says what each covers and depends on, and how long it takes. */
export async function runFirst(config: Config): Promise<FirstRun> {
  const measured = { ...config, coverage: true, byTest: true };
  const prepared = await prepare(measured, undefined);
  const began = Date.now();
  const { result, outcomes } = await runPrepared(prepared, { tellsAccesses: true });
  const failures = result.results.filter(hasFailed).map((each) => ({
    test: each.names.length === 0 ? each.file : `${each.file}: ${fullName(each)}`,
    message: each.message,
  }));
  const problems = result.notices.filter(({ level }) => level === "problem").map(({ message }) => message);
  const byTest = result.kept ? readByTest(measured) : { sources: [], rows: [] };
  const prints = createFingerprints();
  const files = outcomes.map((outcome) => testedFile(outcome, prints, began));
  return { kind: "first run", byTest, files, failures, problems };
}

/** What tests write themselves says nothing of the project. */
function testedFile(outcome: Outcome, prints: Fingerprints, began: number): TestedFile {
  const { file, lua, duration } = outcome;
  return { file, lua, duration, digests: settledInputs([outcome], began, prints).map(digestOfInput) };
}
