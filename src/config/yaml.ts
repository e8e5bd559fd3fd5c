import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The package takes a tenth of the time in which a command starts, so the first file that needs it loads it. */
export function yaml(): typeof import("yaml") {
  return require("yaml");
}
