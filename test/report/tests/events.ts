import type {
  Output,
  TestEvent,
  TestReporter,
  TestReporterContext,
  TestResult,
  Totals,
} from "../../../src/types.js";

type Given = Partial<TestResult> & Pick<TestResult, "names">;

/** A test that passed at once, but for what is given. */
export function result(given: Given): TestResult {
  return {
    file: "spec/cart_spec.lua",
    round: 1,
    lua: null,
    descriptor: "it",
    status: "success",
    duration: 1.25,
    attempts: 1,
    message: "",
    traceback: "",
    place: { file: given.file ?? "spec/cart_spec.lua", line: 3 },
    failedAt: null,
    excerpt: "",
    ...given,
  };
}

/** The result of a script, which is one test. */
export function script(file: string, given: Partial<TestResult> = {}): TestResult {
  return result({ names: [], file, descriptor: "script", place: null, ...given });
}

/** What a program writes, or the result of one of its tests. */
export type Happening = TestResult | Output | string;

/** What a reporter hears of one file; a text is written to standard output. */
export function fileEvents(
  file: string,
  happenings: readonly Happening[],
  round = 1,
  lua: string | null = null,
): TestEvent[] {
  const run = { file, round, lua };
  return [
    { kind: "file start", ...run },
    ...happenings.map((each): TestEvent => {
      if (typeof each === "string") return { kind: "output", ...run, output: written("stdout", each) };
      if ("bytes" in each) return { kind: "output", ...run, output: each };
      return { kind: "test", result: { ...each, ...run } };
    }),
    { kind: "file end", ...run, duration: 34.4 },
  ];
}

export function written(stream: Output["stream"], text: string | Uint8Array): Output {
  return { stream, bytes: Buffer.from(text) };
}

/** The events of a whole run. */
export function runEvents(
  files: readonly (readonly TestEvent[])[],
  { seed = null, rounds = 1, interrupted = false, notRun = 0 }: Partial<RunGiven> = {},
): TestEvent[] {
  const events = files.flat();
  const names = events.flatMap((event) => (event.kind === "file start" ? [event.file] : []));
  return [
    { kind: "run start", files: names, rounds, luas: [null], seed },
    ...events,
    { kind: "run end", duration: 120.5, totals: totalsOf(events), interrupted, notRun },
  ];
}

interface RunGiven {
  readonly seed: number | null;
  readonly rounds: number;
  readonly interrupted: boolean;
  readonly notRun: number;
}

function totalsOf(events: readonly TestEvent[]): Totals {
  const totals = { success: 0, failure: 0, error: 0, pending: 0 };
  for (const event of events) if (event.kind === "test") totals[event.result.status]++;
  return totals;
}

/** What a reporter writes of some events; what goes to standard error reads `<stderr>…</stderr>`. */
export async function textOf(
  create: (context: TestReporterContext) => TestReporter,
  events: readonly TestEvent[],
  given: Partial<TestReporterContext> = {},
): Promise<string> {
  const chunks: Buffer[] = [];
  const reporter = create({
    root: process.cwd(),
    write: (chunk) => chunks.push(Buffer.from(chunk)),
    writeError: (chunk) => chunks.push(Buffer.from(`<stderr>${Buffer.from(chunk)}</stderr>`)),
    colors: false,
    terminal: null,
    environment: {},
    ...given,
  });
  for (const event of events) await reporter(event);
  return Buffer.concat(chunks).toString();
}

/** A text in which control characters, and what is no character, read as their codes in angle brackets. */
export function shown(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]|\ufffe/gu, (each) => `<${each.charCodeAt(0).toString(16)}>`);
}
