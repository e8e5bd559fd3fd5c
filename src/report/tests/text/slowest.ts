import type { Colors } from "picocolors/types.js";
import type { TestResult } from "../../../types.js";
import { fullName, isScript, runName, timeText } from "./texts.js";

/** In milliseconds. */
const slow = 500;
const shown = 5;
/** Of fewer tests each one's time is in sight anyway. */
const many = 10;

/** The slowest tests of a run, the slowest first; empty when none is slow. */
export function slowestText(results: readonly TestResult[], colors: Colors): string {
  if (results.length <= many) return "";
  const sorted = results.filter(({ duration }) => duration >= slow).sort((a, b) => b.duration - a.duration);
  if (sorted.length === 0) return "";
  const lines = sorted.slice(0, shown).map((result) => {
    const file = runName(result);
    const name = isScript(result) ? file : `${colors.dim(file)} ${fullName(result)}`;
    return `  ${colors.yellow(timeText(result.duration))} ${name}`;
  });
  return [colors.bold("Slowest tests"), ...lines].join("\n");
}
