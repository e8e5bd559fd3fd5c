import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Few configurations have comments, so the first file that needs the package loads it. */
export function jsonc(): typeof import("jsonc-parser") {
  return require("jsonc-parser");
}
