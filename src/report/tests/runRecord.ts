import type { FileRun, Output, TestEvent, TestReporter, TestResult } from "../../types.js";

/** What was heard of one test file. */
export interface FileRecord extends FileRun {
  /** In milliseconds. */
  duration: number;
  readonly results: TestResult[];
  readonly outputs: Output[];
}

type RunStart = Extract<TestEvent, { readonly kind: "run start" }>;
type RunEnd = Extract<TestEvent, { readonly kind: "run end" }>;

/** What was heard of a run. */
export interface RunRecord
  extends Omit<RunStart, "kind" | "files" | "unchanged">,
    Omit<RunEnd, "kind" | "unchanged"> {
  readonly startedAt: Date;
  readonly files: readonly FileRecord[];
}

/** A reporter that says everything at the end of the run. */
export function atEnd(report: (run: RunRecord) => void): TestReporter {
  const files: FileRecord[] = [];
  let start = startOf({ rounds: 1, luas: [null], seed: null });
  return (event) => {
    if (event.kind === "run start") start = startOf(event);
    else if (event.kind === "run end") {
      const { duration, totals, interrupted, notRun } = event;
      report({ ...start, duration, totals, interrupted, notRun, files });
    } else hear(event, files);
  };
}

function startOf({ rounds, luas, seed }: Pick<RunStart, "rounds" | "luas" | "seed">) {
  return { rounds, luas, seed, startedAt: new Date() };
}

function hear(event: TestEvent, files: FileRecord[]): void {
  if (event.kind === "file start") {
    const { file, round, lua, project } = event;
    const own = project === undefined ? {} : { project };
    files.push({ file, round, lua, ...own, duration: 0, results: [], outputs: [] });
  }
  const current = files.at(-1);
  if (current === undefined) return;
  if (event.kind === "test") current.results.push(event.result);
  else if (event.kind === "output") current.outputs.push(event.output);
  else if (event.kind === "file end") current.duration = event.duration;
}

/** What was written, as text, in the order of writing; a character may be split between two outputs. */
export function outputTexts(outputs: readonly Output[]): { stream: Output["stream"]; text: string }[] {
  const runs: { stream: Output["stream"]; parts: Uint8Array[] }[] = [];
  for (const { stream, bytes } of outputs) {
    const last = runs.at(-1);
    if (last?.stream === stream) last.parts.push(bytes);
    else runs.push({ stream, parts: [bytes] });
  }
  return runs.map(({ stream, parts }) => ({ stream, text: Buffer.concat(parts).toString("utf8") }));
}
