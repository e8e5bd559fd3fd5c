// What a large project takes: a run of its tests, the same once more, and reports of it, each a whole command, for 500 and
// for 5,000 sources of 200 lines, of which tests load a tenth. Linear is when the last column is 10 or less.
//
//   node bench/large.mjs [--loaded share] [sources…]     by default 0.1, and 500 5000
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeProject } from "./large/project.mjs";

const bin = fileURLToPath(new URL("../bin/luacov-ts.js", import.meta.url));
/** In the process that is measured: its CPU time in seconds and its greatest memory in megabytes, as it ends. */
const tells = `process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require("node:fs").writeFileSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }));
});`;

const steps = [
  ["a run", ["--reporter", "none", "test"]],
  ["the same again", ["--reporter", "none", "test"]],
  ["report: text-summary, lcovonly", ["report", "--reporter", "text-summary", "--reporter", "lcovonly"]],
  ["report: html-lua", ["report", "--reporter", "html-lua"]],
];

const { values, positionals } = parseArgs({
  options: { loaded: { type: "string", default: "0.1" } },
  allowPositionals: true,
});
compare(positionals.length > 0 ? positionals.map(Number) : [500, 5000], Number(values.loaded));

function compare(sizes, share) {
  const nothing = measure(["-e", "0"], tmpdir());
  console.log(`node -e 0: ${columns(nothing)}`);
  const before = new Map();
  for (const size of sizes) {
    for (const [step, used] of measureProject(size, share)) {
      const growth = before.has(step) ? `  x ${(used.clock / before.get(step).clock).toFixed(1)}` : "";
      console.log(`${String(size).padStart(6)} ${step.padEnd(32)}${columns(used)}${growth}`);
      before.set(step, used);
    }
  }
}

function measureProject(sources, share) {
  const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-large-"));
  try {
    writeProject(folder, sources, Math.ceil(sources * share));
    return steps.map(([step, args]) => [step, measure([bin, ...args], folder)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(args, cwd) {
  const start = performance.now();
  const { status, stderr, output } = spawnSync(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(`import { createRequire } from "node:module"; const require = createRequire("/"); ${tells}`)}`,
      ...args,
    ],
    {
      cwd,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      env: { ...process.env, XDG_CACHE_HOME: path.join(cwd, "cache") },
    },
  );
  const clock = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(String(stderr));
  return { clock, ...JSON.parse(String(output[3])) };
}

function columns({ clock, cpu, memory }) {
  return `${clock.toFixed(2).padStart(7)} s${cpu.toFixed(2).padStart(8)} s of CPU${memory.toFixed(0).padStart(6)} MB`;
}
