// Imported before a command: adds a line to the file MODULES_FILE for each module that a thread of it loads.
import { appendFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { isMainThread } from "node:worker_threads";

const file = process.env.MODULES_FILE;
const thread = isMainThread ? "main" : "worker";
const loader = `import { appendFileSync } from "node:fs";
let found;
export function initialize(data) { found = data; }
export function load(url, context, next) {
  appendFileSync(found.file, found.thread + " " + url + "\\n");
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(loader)}`, { data: { file, thread } });

// What was required, as far as a thread comes to its end by itself.
const { cache } = createRequire(import.meta.url);
process.on("exit", () => {
  for (const name of Object.keys(cache)) appendFileSync(file, `${thread} ${name}\n`);
});
