import path from "node:path";
import colors from "picocolors";
import type { Config, Notice, RunResult, TestResult, Violation } from "../index.js";

/** A line for a test file, with its message and traceback when it did not pass. */
export function resultText(result: TestResult): string {
  const { file, names, status, duration, message, traceback } = result;
  const name = [file, ...names].join(" ");
  const time = colors.dim(`(${Math.round(duration)} ms)`);
  if (status === "success") return `${colors.green("✔")} ${name} ${time}`;
  const details = [message, traceback].filter((text) => text !== "").join("\n");
  return `${colors.red("✖")} ${name} ${time}\n${indented(details)}`;
}

/** How many test files passed and failed: a line for CI logs to be searched for, so it has no colours. */
export function totalText(result: RunResult): string {
  const passed = result.results.filter(({ status }) => status === "success").length;
  return `${passed} passed, ${result.results.length - passed} failed`;
}

export function noticeText({ level, message }: Notice): string {
  return level === "problem" ? errorText(message) : `${colors.yellow("WARNING:")} ${message}`;
}

/** The wording is nyc's. */
export function violationText(violation: Violation, config: Config): string {
  const { metric, actual, threshold, file } = violation;
  const scope = file === null ? "global threshold" : "threshold";
  const where = file === null ? "" : ` for ${path.relative(config.cwd, file)}`;
  return `ERROR: Coverage for ${metric} (${actual}%) does not meet ${scope} (${threshold}%)${where}`;
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
  return `${colors.red("ERROR:")} ${message}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}
