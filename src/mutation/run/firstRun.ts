import path from "node:path";
import { runPrepared } from "../../api/run.js";
import { digestOfSource } from "../../files/digest.js";
import { currentFolder, isFile, readContent } from "../../files/files.js";
import { prepare } from "../../harness/plan/busted.js";
import { fullName, hasFailed } from "../../harness/run/totals.js";
import { readByTest } from "../../store/byTestFile.js";
import type { Config, Outcome } from "../../types.js";
import type { FirstRun, TestedFile } from "./messages.js";

/** Runs all tests in a copy without a mutant, and says what each covers and loads, and how long it takes. */
export async function runFirst(config: Config): Promise<FirstRun> {
  const measured = { ...config, coverage: true, byTest: true };
  const { result, outcomes } = await runPrepared(await prepare(measured, undefined), {});
  const failures = result.results.filter(hasFailed).map((each) => ({
    test: each.names.length === 0 ? each.file : `${each.file}: ${fullName(each)}`,
    message: each.message,
  }));
  const problems = result.notices.filter(({ level }) => level === "problem").map(({ message }) => message);
  const byTest = result.kept ? readByTest(measured) : { sources: [], rows: [] };
  return { kind: "first run", byTest, files: outcomes.map(testedFile), failures, problems };
}

function testedFile({ file, lua, duration, loaded }: Outcome): TestedFile {
  const files = [...new Set([path.resolve(currentFolder(), file), ...loaded])].filter(isFile).toSorted();
  const digests = files.map((each) => `${each} ${digestOfSource(readContent(each))}`);
  return { file, lua, duration, digests };
}
