import { text, yesNo } from "./kinds.js";
import { globThresholds, threshold } from "./thresholdKinds.js";

/** What coverage must come to. */
export const thresholds = {
  checkCoverage: yesNo(false, "fail when coverage is below the thresholds"),
  lines: threshold(90, "threshold for lines; below 0: how many may be uncovered"),
  functions: threshold(0, "threshold for functions"),
  branches: threshold(0, "threshold for branches"),
  statements: threshold(0, "threshold for statements"),
  conditions: threshold(0, "threshold for conditions: each operand of and and or once true, once false"),
  perFile: yesNo(false, "check the thresholds for each file"),
  thresholds: globThresholds("thresholds for the files that a glob matches"),
  since: text(
    undefined,
    "REF",
    "a commit, branch or tag: say what is covered of what was changed since this parted from it",
  ),
  changedLines: threshold(0, "threshold for lines of the change since --since"),
  changedBranches: threshold(0, "threshold for branches of the change since --since"),
  autoUpdate: yesNo(false, "write better figures into the configuration as its thresholds"),
} as const;
