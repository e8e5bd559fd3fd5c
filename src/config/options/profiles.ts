import type { ProfileMode, ProfileReporterName, ProfileReportOptions } from "../../types.js";
import { choice, choices, count, type Range, yesNo } from "./kinds.js";

const reporters: readonly ProfileReporterName[] = [
  "table",
  "cpuprofile",
  "collapsed",
  "speedscope",
  "dot",
  "svg",
  "flamegraph",
];
const subjects: readonly ProfileReportOptions["profileBy"][] = ["function", "line", "file"];
const orders: readonly ProfileReportOptions["profileSort"][] = [
  "self",
  "total",
  "calls",
  "allocated",
  "name",
];

const modes: readonly ProfileMode[] = ["sampling", "exact", "memory"];

const rows: Range = [1, 1_000_000];

/** Whether and how it is found out where the time goes, and what is written about that. */
export const profiles = {
  profile: yesNo(false, "find out where the time of the tests goes, too; in report and annotate, show it"),
  profileMode: choice(
    "sampling",
    modes,
    "MODE",
    "how a profile is made: by looking now and then, at each call, or so with what is allocated",
  ),
  perTest: yesNo(false, "show in a profile which test spent the time, with what it called"),
  profileReporter: choices(["table"], reporters, "NAME", "how a profile is written"),
  profileBy: choice("function", subjects, "WHAT", "what a row of a profile's table is about"),
  profileSort: choice("self", orders, "ORDER", "what comes first in a profile's table"),
  profileLimit: count(rows, 20, "N", "how many rows a profile's table has"),
} as const;
