// What it takes to make the copies with probes of a million lines: seconds of CPU and on the clock, by one thread and by
// all, and once more from the cache. The sources are the Lua files of this repository again and again.
//
//   node bench/probing.mjs [lines]
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(import.meta.url);
const root = path.join(path.dirname(script), "..");

if (process.argv[2] === "--probe") await probe(process.argv[3], Number(process.argv[4]));
else compare(Number(process.argv[2] ?? 1_000_000));

function compare(lines) {
  const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-probing-"));
  try {
    const files = writeSources(folder, lines);
    console.log(`${lines} lines in ${files} files`);
    console.log("threads  copies      CPU s   clock s");
    for (const threads of new Set([1, availableParallelism()])) {
      rmSync(path.join(folder, "node_modules"), { recursive: true, force: true });
      mkdirSync(path.join(folder, "node_modules"));
      for (const copies of ["made", "from cache"]) report(threads, copies, measure(folder, threads));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Files of some 400 lines, and ten that have a fifth of all lines. Gives how many there are. */
function writeSources(folder, lines) {
  const texts = ownTexts();
  let [files, written, next] = [0, 0, 0];
  const write = (size) => {
    const parts = [];
    for (let made = 0; made < size; next++) {
      const text = texts[next % texts.length];
      // Functions of their own, as a function holds 200 locals at most.
      parts.push(`_ = function(...)\n${text}\nend`);
      made += text.split("\n").length + 2;
      written += text.split("\n").length + 2;
    }
    // Nobody's text is another's.
    writeFileSync(path.join(folder, `${files}.lua`), `${parts.join("\n")}\n-- ${files}\n`);
    files++;
  };
  while (written < lines * 0.8) write(400);
  for (let count = 0; count < 10; count++) write(lines / 50);
  return files;
}

function ownTexts() {
  const folders = ["src/lua", "test", "examples"].map((name) => path.join(root, name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name)),
  );
  const texts = files.filter((name) => name.endsWith(".lua")).map((name) => readFileSync(name, "utf8"));
  return texts.filter((text) => text.length > 1000 && !text.startsWith("#"));
}

function measure(folder, threads) {
  return JSON.parse(execFileSync(process.execPath, [script, "--probe", folder, threads]).toString());
}

function report(threads, copies, { cpu, clock }) {
  const columns = [
    String(threads).padEnd(9),
    copies.padEnd(12),
    cpu.toFixed(1).padStart(4),
    clock.toFixed(1).padStart(10),
  ];
  console.log(columns.join(""));
}

async function probe(folder, jobs) {
  const { probeSources } = await import("../build/probing/sources.js");
  const { openProbeCache } = await import("../build/probing/cache.js");
  const files = readdirSync(folder).filter((name) => name.endsWith(".lua"));
  const [before, start] = [process.cpuUsage(), performance.now()];
  const { sources, notices } = await probeSources(
    files.map((name) => path.join(folder, name)),
    { root: folder, cache: openProbeCache(folder), jobs },
  );
  if (sources.length !== files.length) throw new Error(notices[0].message);
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpu: (user + system) / 1e6, clock: (performance.now() - start) / 1e3 }));
}
