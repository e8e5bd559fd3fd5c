import path from "node:path";
import type { AgentReport, Notice, ProbedSource } from "../types.js";
import { counted } from "../words.js";

/** What agents of some processes say of what they could not count. */
export interface AgentDoubts extends Pick<AgentReport, "processes" | "unended" | "changed" | "unprobed"> {
  /** The keys of sources whose lines a hook has counted. */
  readonly lines: { has(key: string): boolean };
}

/** What is to be said of what agents have left: what they could not count, and where it ends early. */
export function agentNotices(
  root: string,
  reports: readonly AgentDoubts[],
  sources: readonly ProbedSource[],
): Notice[] {
  const warning = (file: string, message: string): Notice => ({ level: "warning", file, message });
  const nameOf = (file: string) => path.relative(root, file);
  const changes = distinct(reports.map(({ changed }) => changed)).map((file) =>
    warning(
      file,
      `${nameOf(file)} was loaded with another text than when the command began; what ran of it is left out`,
    ),
  );
  const others = distinct(reports.map(({ unprobed }) => unprobed)).map((key) => {
    const file = sources.find((source) => source.key === key || source.digest === key)?.path ?? root;
    const reason = "ran as it is, since its copy with counters could not take its place";
    const hasLines = reports.some(({ lines }) => lines.has(key));
    return warning(
      file,
      `${nameOf(file)} ${reason}; ${hasLines ? "it is measured by lines only" : "what ran of it is left out"}`,
    );
  });
  const processes = sum(reports.map((report) => report.processes));
  const unended = sum(reports.map((report) => report.unended));
  const killed = `${unended} of ${counted(processes, "Lua process", "Lua processes")} did not come to an end that could be seen; the last seconds before may not be counted`;
  return [...changes, ...others, ...(unended === 0 ? [] : [warning(root, killed)])];
}

function distinct(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
