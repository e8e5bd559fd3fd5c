/** What the agents of a program have left, as the end of its job. */

import path from "node:path";
import { isFile, realPath } from "../../../files/files.js";
import type { AgentReport, Job } from "../../../types.js";
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
  run: (folder: JobFolder) => Promise<Pick<JobEnd, "exit" | "duration">>,
): Promise<JobEnd> {
  const folder = measuring.agent.makeJobFolder();
  try {
    const { exit, duration } = await run(folder);
    const report = folder.read();
    measuring.onReport(report);
    if (!folder.isThere()) measuring.onRemoved(folder.path);
    const { loaded, notFiles } = filesIn(report, measuring, folder);
    for (const file of loaded) onNews({ kind: "loaded", file, isFile: true });
    for (const file of notFiles) onNews({ kind: "loaded", file, isFile: false });
    const { probes, lines, profile } = report;
    const hits = { bytecode: {}, probes, lines, profile };
    const interrupted = exit.kind === "interrupted";
    return { exit, duration, hits, unloaded: missingIn(report, job.scope.root), limits: [], interrupted };
  } finally {
    folder.close();
  }
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
    if (!isFile(file)) notFiles.push(file);
    else if (!isOurs(realPath(file))) others.push(realPath(file));
  }
  return { loaded: new Set([...sources, ...others].toSorted()), notFiles };
}

/** What is not there below the root: once it is, the program may go another way. */
function missingIn({ missing }: AgentReport, root: string): string[] {
  return missing.filter((file) => file.startsWith(`${root}${path.sep}`) && !isFile(file));
}
