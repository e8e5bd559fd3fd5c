import path from "node:path";
import { colorsOf } from "../colors.js";
import { printable, visible, visibleName } from "../files/visible.js";
import type { Config, Notice, RunResult, Violation } from "../index.js";

export function noticeText({ level, message }: Notice): string {
  const text = visible(message);
  if (level === "information") return text;
  return level === "problem" ? errorText(text) : `${colorsOf(process.stderr).yellow("WARNING:")} ${text}`;
}

/** The wording is nyc's, and for numbers and globs vitest's. */
export function violationText(violation: Violation, config: Config): string {
  const { metric, actual, uncovered, threshold, file, scope } = violation;
  const where = file === null ? "" : ` for ${visibleName(path.relative(config.cwd, file))}`;
  const limit = `${scopeText(violation)}threshold`;
  const what = scope === "change" ? `changed ${metric}` : metric;
  if (threshold < 0)
    return errorText(`Uncovered ${what} (${uncovered}) exceed ${limit} (${-threshold})${where}`);
  return errorText(`Coverage for ${what} (${actual}%) does not meet ${limit} (${threshold}%)${where}`);
}

function scopeText({ scope, file }: Violation): string {
  if (typeof scope !== "string") return `"${scope.glob}" `;
  return scope === "global" && file === null ? "global " : "";
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
