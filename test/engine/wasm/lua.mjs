// A plain interpreter out of what is built, for tests that compare it with a native Lua: node lua.mjs 5.4 file args…
import { createHost } from "../../../dist/engine/host/host.js";
import { jobText } from "../../../dist/engine/native/jobs/jobFile.js";
import { readNews } from "../../../dist/engine/native/jobs/news.js";
import { runWasmProgram } from "../../../dist/engine/wasm/program.js";

const [version, file, ...args] = process.argv.slice(2);
const { SANDBOX: sandbox = null } = process.env;
const host = createHost({ sandbox });
let problem = null;
const end = runWasmProgram({
  version,
  job: jobText({ file, args, steps: [{ kind: "script", file }], folder: process.cwd() }),
  host,
  greatestMemory: 2 ** 30,
  runningCell: new Int32Array(new SharedArrayBuffer(4)),
  onInterruptible: () => {},
  onNews: (line) => {
    for (const { event } of readNews(Buffer.from(line)).news) {
      if (event.kind === "end" && event.exit.kind === "failed") problem = event.exit;
    }
  },
});
if (problem !== null)
  process.stderr.write(Buffer.from(`lua: ${problem.message}\n${problem.traceback}\n`, "latin1"));
if (end?.kind === "failed") process.stderr.write(`lua: ${end.message}\n`);
process.exitCode = end?.kind === "exited" ? end.code : problem === null && end === null ? 0 : 1;
