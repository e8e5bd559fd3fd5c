import path from "node:path";
import type { AgentReport, Notice, ProbedSource } from "../types.js";
import { counted } from "../words.js";

/** What agents of some processes say of what they could not count. */
export interface AgentDoubts
  extends Pick<AgentReport, "processes" | "unended" | "changed" | "unprobed" | "listeners"> {
  /** The keys of sources that probes have counted, and of those whose lines a hook has. */
  readonly probes: { has(key: string): boolean };
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
    return warning(file, `${nameOf(file)} ${reason}; ${whatCounts(key, reports)}`);
  });
  const failures = distinct(reports.map(({ listeners }) => listeners)).map((message) =>
    warning(root, `what listens to Lua's hook failed, and hears nothing from there on: ${message}`),
  );
  const processes = sum(reports.map((report) => report.processes));
  const unended = reports.flatMap((report) => report.unended);
  return [
    ...changes,
    ...others,
    ...failures,
    ...(unended.length === 0 ? [] : [warning(root, killed(processes, unended))]),
  ];
}

function whatCounts(key: string, reports: readonly AgentDoubts[]): string {
  if (!reports.some(({ lines }) => lines.has(key))) return "what ran of it is left out";
  const hasProbes = reports.some(({ probes }) => probes.has(key));
  return hasProbes ? "of that, only lines and functions count" : "it is measured by lines only";
}

function killed(processes: number, unended: readonly number[]): string {
  const seconds = Math.ceil(Math.max(...unended));
  const which = `${unended.length} of ${counted(processes, "Lua process", "Lua processes")}`;
  return `${which} did not come to an end that could be seen; the last ${counted(seconds, "second", "seconds")} before may not be counted`;
}

function distinct(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
