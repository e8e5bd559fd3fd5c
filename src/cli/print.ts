import path from "node:path";
import { colorsOf } from "../colors.js";
import type { Config, Notice, RunResult, Violation } from "../index.js";

export function noticeText({ level, message }: Notice): string {
  if (level === "information") return message;
  return level === "problem"
    ? errorText(message)
    : `${colorsOf(process.stderr).yellow("WARNING:")} ${message}`;
}

/** The wording is nyc's. */
export function violationText(violation: Violation, config: Config): string {
  const { metric, actual, threshold, file } = violation;
  const scope = file === null ? "global threshold" : "threshold";
  const where = file === null ? "" : ` for ${path.relative(config.cwd, file)}`;
  return errorText(`Coverage for ${metric} (${actual}%) does not meet ${scope} (${threshold}%)${where}`);
}

export function verdictsText(result: RunResult, config: Config): string {
  const files = Object.entries(result.verdicts).sort(([a], [b]) => (a < b ? -1 : 1));
  return files
    .map(([file, { measured, reason }]) => {
      const label = measured ? "measured    " : "not measured";
      return `${label}  ${path.relative(config.cwd, file)}: ${reason}`;
    })
    .join("\n");
}

export function errorText(message: string): string {
  return `${colorsOf(process.stderr).red("ERROR:")} ${message}`;
}
