// Imported before a command: adds a line to the file MODULES_FILE for each module that a thread of it loads, with when that was, in
// milliseconds from the start of the process; and of those that are required, what they took without what they required.
import { appendFileSync } from "node:fs";
import Module, { register } from "node:module";
import { isMainThread } from "node:worker_threads";

const file = process.env.MODULES_FILE;
const thread = isMainThread ? "main" : "worker";
process.env.MODULES_START ??= String(performance.timeOrigin);
const start = Number(process.env.MODULES_START);
const now = () => performance.timeOrigin + performance.now() - start;
const loader = `import { appendFileSync } from "node:fs";
let found;
export function initialize(data) { found = data; }
export function load(url, context, next) {
  const at = performance.timeOrigin + performance.now() - found.start;
  appendFileSync(found.file, JSON.stringify({ thread: found.thread, at, name: url }) + "\\n");
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(loader)}`, { data: { file, thread, start } });

/** With what Node does not document, and every tool that watches `require` uses. */
const required = Object(Module);
const load = required._load;
const running = [];
required._load = (request, parent, isMain) => {
  const name = required._resolveFilename(request, parent, isMain);
  if (required._cache[name] !== undefined || Module.isBuiltin(name)) return load(request, parent, isMain);
  const own = { began: now(), others: 0 };
  running.push(own);
  try {
    return load(request, parent, isMain);
  } finally {
    running.pop();
    const took = now() - own.began;
    for (const around of running.slice(-1)) around.others += took;
    const line = { thread, at: own.began, name, took: took - own.others };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
};
