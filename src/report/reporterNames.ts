/** The reporters of istanbul-reports 3.2. */
export const reporterNames = [
  "clover",
  "cobertura",
  "html",
  "html-spa",
  "json",
  "json-summary",
  "lcov",
  "lcovonly",
  "none",
  "teamcity",
  "text",
  "text-lcov",
  "text-summary",
] as const;

/** Our own: the branches that went some ways but not all, in words, to standard output; and LuaCov's two files. */
export const ownNames = ["partial", "luacov", "luacov-stats"] as const;

/** What shows test results; each is a file in `tests/`. */
export const testReporterNames = ["default", "dot", "tap", "junit", "json", "github"] as const;
