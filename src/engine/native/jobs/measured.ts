/** What the agents of a program have left, as the end of its job. */

import path from "node:path";
import { isFile, isLed, realPath } from "../../../files/files.js";
import type { Accesses, AgentReport, Job, Look } from "../../../types.js";
import type { JobEnd } from "../../engine.js";
import type { News } from "../../news.js";
import type { AgentFolder, JobFolder } from "../agent/agentFolder.js";
import { shipped } from "./shipped.js";

/** How programs are measured. */
export interface Measuring {
  readonly agent: AgentFolder;
  /** The path of a source, by its key. */
  pathOf(key: string): string | undefined;
  /** Hears what the agents of a program have left. */
  onReport(report: AgentReport): void;
  /** Hears that a program has removed the folder in which its agents leave their counters. */
  onRemoved(folder: string): void;
}

/** Runs a program whose agents leave what they count in a folder of its own. */
export async function runMeasured(
  measuring: Measuring,
  job: Job,
  onNews: (news: News) => void,
  run: (folder: JobFolder) => Promise<Pick<JobEnd, "exit" | "duration" | "accesses">>,
): Promise<JobEnd> {
  const folder = measuring.agent.makeJobFolder();
  try {
    const { exit, duration, accesses } = await run(folder);
    const report = folder.read();
    measuring.onReport(report);
    if (!folder.isThere()) measuring.onRemoved(folder.path);
    const { loaded, notFiles } = filesIn(report, measuring, folder);
    for (const file of loaded) onNews({ kind: "loaded", file, isFile: true });
    for (const file of notFiles) onNews({ kind: "loaded", file, isFile: false });
    const { probes, lines, profile } = report;
    const hits = { bytecode: {}, probes, lines, profile };
    const interrupted = exit.kind === "interrupted";
    const unloaded = missingIn(report, job.scope.root);
    const asked = job.tellsAccesses === true ? { accesses: accessesOf(report, accesses, folder) } : {};
    return { exit, duration, hits, unloaded, limits: [], interrupted, ...asked };
  } finally {
    folder.close();
  }
}

/** What agents and, of an embedded Lua, the host have noted, but for files of ours. */
function accessesOf(report: AgentReport, ofHost: Accesses | undefined, folder: JobFolder): Accesses {
  const all = ofHost === undefined ? [report.accesses] : [report.accesses, ofHost];
  const own = [shipped, path.dirname(folder.path)];
  const isTheirs = (file: string) => own.every((each) => !file.startsWith(`${each}${path.sep}`));
  const union = (list: "removed" | "changed") =>
    [...new Set(all.flatMap((each) => each[list]))].filter(isTheirs);
  const unended = report.unended.length > 0 ? ["starts a process that does not tell its end"] : [];
  const led = report.files.filter(isLed).map((file): Look => ({ path: file, use: "led" }));
  return {
    looks: [...all.flatMap(({ looks }) => looks), ...led].filter((look) => isTheirs(look.path)),
    removed: union("removed"),
    changed: union("changed"),
    doubts: [...new Set([...all.flatMap(({ doubts }) => doubts), ...unended])],
  };
}

/** Sources by their own paths, whatever copy of them was loaded, and all else that was loaded from files. */
function filesIn(
  { probes, lines, files }: AgentReport,
  { pathOf }: Measuring,
  folder: JobFolder,
): { readonly loaded: ReadonlySet<string>; readonly notFiles: readonly string[] } {
  const keys = new Set([...probes.keys(), ...lines.keys()]);
  const sources = [...keys].flatMap((key) => pathOf(key) ?? []);
  const ours = [shipped, ...(folder.isThere() ? [realPath(folder.path)] : [])];
  const isOurs = (file: string) => ours.some((each) => file.startsWith(`${each}${path.sep}`));
  const [others, notFiles]: [string[], string[]] = [[], []];
  for (const file of files) {
    const real = isFile(file) ? realPath(file) : null;
    if (real === null) notFiles.push(file);
    else if (!isOurs(real)) others.push(real);
  }
  return { loaded: new Set([...sources, ...others].toSorted()), notFiles };
}

/** What is not there below the root: once it is, the program may go another way. */
function missingIn({ missing }: AgentReport, root: string): string[] {
  return missing.filter((file) => file.startsWith(`${root}${path.sep}`) && !isFile(file));
}
