/**
 * Istanbul's packages for reports. They take a tenth of the time in which a command starts, so the first report loads
 * them: many a command writes none.
 */

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export function istanbulLibReport(): typeof import("istanbul-lib-report") {
  return require("istanbul-lib-report");
}

export function istanbulReports(): typeof import("istanbul-reports") {
  return require("istanbul-reports");
}
