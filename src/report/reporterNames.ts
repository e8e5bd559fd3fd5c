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

/** Our own; each is a row of `own/ownReporters.ts`. */
export const ownNames = [
  "html-lua",
  "partial",
  "markdown",
  "github",
  "sonar",
  "luacov",
  "luacov-stats",
] as const;

/** What shows test results; each is a file in `tests/`. */
export const testReporterNames = ["default", "dot", "quiet", "tap", "junit", "json", "github"] as const;
