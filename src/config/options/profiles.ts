import type { ProfileReporterName, ProfileReportOptions } from "../../types.js";
import { choice, choices, count, type Range } from "./kinds.js";

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

const rows: Range = [1, 1_000_000];

/** What is written about where the time went. */
export const profiles = {
  profileReporter: choices(["table"], reporters, "NAME", "how a profile is written"),
  profileBy: choice("function", subjects, "WHAT", "what a row of a profile's table is about"),
  profileSort: choice("self", orders, "ORDER", "what comes first in a profile's table"),
  profileLimit: count(rows, 20, "N", "how many rows a profile's table has"),
} as const;
