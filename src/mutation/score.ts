import type { MutantResult, MutantStatus } from "../types.js";

/** How many mutants have come to what, and what that is as a figure. */
export interface MutationScore {
  readonly counts: Readonly<Record<MutantStatus, number>>;
  /** Mutants that tests have found: killed and timed out. */
  readonly detected: number;
  /** Those that might have been, and those that any test has run: without Ignored, CompileError and RuntimeError. */
  readonly valid: number;
  readonly covered: number;
  /** Of all and of the covered ones, in percent, null where there is none. */
  readonly score: number | null;
  readonly coveredScore: number | null;
}

const statuses: readonly MutantStatus[] = [
  "Killed",
  "Timeout",
  "Survived",
  "NoCoverage",
  "Ignored",
  "RuntimeError",
  "CompileError",
];

/** The score as Stryker has it. */
export function scoreOf(mutants: readonly Pick<MutantResult, "status">[]): MutationScore {
  const count = (status: MutantStatus) => mutants.filter((each) => each.status === status).length;
  const entries = statuses.map((status) => [status, count(status)] as const);
  const counts = { ...none, ...Object.fromEntries(entries) };
  const detected = counts.Killed + counts.Timeout;
  const covered = detected + counts.Survived;
  const valid = covered + counts.NoCoverage;
  return {
    counts,
    detected,
    valid,
    covered,
    score: percentage(detected, valid),
    coveredScore: percentage(detected, covered),
  };
}

const none: Readonly<Record<MutantStatus, number>> = {
  Killed: 0,
  Timeout: 0,
  Survived: 0,
  NoCoverage: 0,
  Ignored: 0,
  RuntimeError: 0,
  CompileError: 0,
};

/** Cut off behind two digits: what is not all is less than 100. */
function percentage(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 10_000) / whole) / 100;
}
