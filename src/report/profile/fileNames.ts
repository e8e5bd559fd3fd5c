import path from "node:path";
import type { Config, ProfileReporterName } from "../../types.js";

/** What the reporters of profiles that write files call them. */
export const profileFileNames = {
  cpuprofile: "profile.cpuprofile",
  collapsed: "profile.collapsed.txt",
  speedscope: "profile.speedscope.json",
  dot: "profile.dot",
  svg: "profile.svg",
  flamegraph: "profile.html",
} as const satisfies Readonly<Record<Exclude<ProfileReporterName, "table">, string>>;

/** The page that the reporter `flamegraph` writes. */
export function flameGraphPage({ reportDir }: Pick<Config, "reportDir">): string {
  return path.join(reportDir, profileFileNames.flamegraph);
}
