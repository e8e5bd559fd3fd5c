#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = new URL("../dist/cli/start.js", import.meta.url);
if (existsSync(built)) {
  const { start } = await import(built.href);
  process.exitCode = await start(process.argv.slice(2));
} else {
  // In a clone.
  const folder = fileURLToPath(new URL("..", import.meta.url));
  console.error(`ERROR: luacov-ts is not built in ${folder}; run npm ci and npm run build there`);
  process.exitCode = 2;
}
