// A plain interpreter out of what is built, for tests that compare it with a native Lua: node lua.mjs 5.4 file args…
import { createHost } from "../../../build/engine/host/host.js";
import { jobText } from "../../../build/engine/native/jobs/jobFile.js";
import { createRunning } from "../../../build/engine/wasm/machine/machine.js";
import { runWasmProgram } from "../../../build/engine/wasm/program.js";

const [version, file, ...args] = process.argv.slice(2);
const { SANDBOX: sandbox = null, MEGABYTES: megabytes = 256 } = process.env;
const host = createHost({ sandbox });
const end = runWasmProgram({
  version,
  job: jobText({ file, args, steps: [], folder: process.cwd() }),
  steps: [{ kind: "script", file }],
  args,
  host,
  greatestMemory: megabytes * 2 ** 20,
  running: createRunning(),
  onFull: () => {},
  onInterruptible: () => {},
  onNews: () => {},
});
const codes = { exited: () => end.code, failed: () => 1 };
process.exitCode = codes[end?.kind]?.() ?? 0;
