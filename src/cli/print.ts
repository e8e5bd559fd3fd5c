import path from "node:path";
import { colorsOf } from "../colors.js";
import { printable, visible, visibleName } from "../files/visible.js";
import type { Config, Notice, RunResult, Violation } from "../index.js";

export function noticeText({ level, message }: Notice): string {
  const text = visible(message);
  if (level === "information") return text;
  return level === "problem" ? errorText(text) : `${colorsOf(process.stderr).yellow("WARNING:")} ${text}`;
}

/** The wording is nyc's. */
export function violationText(violation: Violation, config: Config): string {
  const { metric, actual, threshold, file } = violation;
  const scope = file === null ? "global threshold" : "threshold";
  const where = file === null ? "" : ` for ${visibleName(path.relative(config.cwd, file))}`;
  return errorText(`Coverage for ${metric} (${actual}%) does not meet ${scope} (${threshold}%)${where}`);
}

export function verdictsText(result: RunResult, config: Config): string {
  const files = Object.entries(result.verdicts).sort(([a], [b]) => (a < b ? -1 : 1));
  return files
    .map(([file, { measured, reason }]) => {
      const label = measured ? "measured    " : "not measured";
      return `${label}  ${visibleName(path.relative(config.cwd, file))}: ${visible(reason)}`;
    })
    .join("\n");
}

export function errorText(message: string): string {
  return `${colorsOf(process.stderr).red("ERROR:")} ${printable(message)}`;
}
