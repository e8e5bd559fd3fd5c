import path from "node:path";
import { type LuacovError, noCoverage, nothingLoaded } from "../errors.js";
import type { Config, RunResult } from "../types.js";
import { isTestReason } from "./testCode.js";

/** Why a run has measured nothing, as far as its verdicts say. */
export function noCoverageOf(
  { cwd }: Pick<Config, "cwd">,
  { verdicts }: Pick<RunResult, "verdicts">,
): LuacovError {
  const others = Object.entries(verdicts).filter(([, { reason }]) => !isTestReason(reason));
  const reasons = others.map(([file, { measured, reason }]) => {
    return `${path.relative(cwd, file)}: ${measured ? "left out by its own comment" : reason}`;
  });
  return reasons.length === 0 ? nothingLoaded(cwd) : noCoverage(cwd, reasons);
}
