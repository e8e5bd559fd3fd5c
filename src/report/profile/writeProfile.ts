import { colorsOf } from "../../colors.js";
import { notWritable } from "../../errors/outputs.js";
import type {
  Config,
  CoverageMapData,
  Profile,
  ProfileReporterName,
  ProfileReportOptions,
} from "../../types.js";
import { placeFile } from "../placeFile.js";
import { collapsedStacks } from "./collapsed.js";
import { cpuProfile } from "./cpuProfile.js";
import { dotGraph } from "./dot.js";
import { profileFileNames } from "./fileNames.js";
import { flameGraph } from "./flameGraph.js";
import { speedscopeFile } from "./speedscope.js";
import { drawn } from "./svg.js";
import { profileTable } from "./table/profileTable.js";

export type ProfileConfig = Pick<Config, "cwd" | "reportDir" | "sandbox" | "open"> & ProfileReportOptions;

/**
 * Writes a profile as the configuration says: files below `reportDir`, the table to standard output. What is to be opened is
 * written. Where calls were not counted, coverage may have. Throws NOT_WRITABLE, and UNKNOWN_REPORTER for a drawing where there is no `dot`, once all else is written.
 */
export function writeProfile(config: ProfileConfig, profile: Profile, coverage: CoverageMapData = {}): void {
  const opened: readonly ProfileReporterName[] = config.open ? ["flamegraph"] : [];
  const names = new Set([...config.profileReporter, ...opened]);
  for (const name of [...names].sort(drawingLast)) {
    if (name === "table") writeTable(config, profile, coverage);
    else write(config, profileFileNames[name], contents[name](profile, config.cwd));
  }
}

/** `root` is the folder from which files are named. */
type Content = (profile: Profile, root: string) => string | Uint8Array;

const contents: Readonly<Record<Exclude<ProfileReporterName, "table">, Content>> = {
  cpuprofile: (profile) => JSON.stringify(cpuProfile(profile)),
  collapsed: collapsedStacks,
  speedscope: (profile, root) => JSON.stringify(speedscopeFile(profile, root)),
  dot: dotGraph,
  svg: (profile, root) => drawn(dotGraph(profile, root)),
  flamegraph: flameGraph,
};

function drawingLast(a: ProfileReporterName, b: ProfileReporterName): number {
  return Number(a === "svg") - Number(b === "svg");
}

function writeTable(
  { cwd: root, ...options }: ProfileConfig,
  profile: Profile,
  coverage: CoverageMapData,
): void {
  const { stdout } = process;
  const terminal = { maxCols: stdout.columns ?? 0, colors: colorsOf(stdout) };
  stdout.write(`${profileTable(profile, { ...options, ...terminal, root, coverage }).join("\n")}\n`);
}

function write({ reportDir, sandbox, cwd }: ProfileConfig, file: string, content: string | Uint8Array): void {
  try {
    placeFile(reportDir, file, Buffer.from(content), sandbox ? cwd : null);
  } catch (cause) {
    throw notWritable(reportDir, cause);
  }
}
