// What analysing a source costs, against its statements: seconds of CPU and peak memory, for sources of many lines and
// of one, which a test has loaded or nobody. Each source is analysed in a process of its own. Linear is when the last
// columns stay what they are.
//
//   node bench/analysis.mjs [statements…]     by default 1000 10000 100000 1000000
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(import.meta.url);

if (process.argv[2] === "--analyse") await analyseOne(process.argv[3], process.argv[4]);
else await compareSizes(process.argv.slice(2).map(Number));

async function compareSizes(given) {
  const sizes = given.length > 0 ? given : [1000, 10_000, 100_000, 1_000_000];
  const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-analysis-"));
  try {
    console.log(
      "source               statements   seconds   MB over nothing   µs a statement   KB a statement",
    );
    const nothing = await measure(folder, "return 1", "nothing.lua", false);
    for (const [layout, separator, isLoaded] of [
      ["many lines", "\n", false],
      ["many lines, loaded", "\n", true],
      ["one line", " ", false],
      ["one line, loaded", " ", true],
    ]) {
      for (const size of sizes)
        report(
          layout,
          size,
          await measure(folder, sourceOf(size, separator), "source.lua", isLoaded),
          nothing,
        );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Functions of a thousand statements: assignments, calls, and conditions of two operands with a block. */
function sourceOf(size, separator) {
  const pieces = [];
  for (let count = 0; count < size; ) {
    pieces.push(`local function f${count % 100}(x, t)`);
    count++;
    for (let index = 0; index < 249 && count < size; index++, count += 4) {
      pieces.push(`x = x + ${index}`, `if x and t.a then t.a = y or x end`, `t:add(x)`);
    }
    pieces.push("end");
  }
  // A block of its own for each hundred functions: a function holds 200 locals at most.
  return wrapped(pieces).join(separator);
}

function wrapped(pieces) {
  let functions = 0;
  return pieces
    .map((piece) => {
      if (!piece.startsWith("local function")) return piece;
      return functions++ % 100 === 0 ? `${functions > 1 ? "end " : ""}do ${piece}` : piece;
    })
    .concat("end");
}

async function measure(folder, text, name, isLoaded) {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  const shape = isLoaded ? await shapeOf(text) : "";
  const args = ["--max-old-space-size=8192", script, "--analyse", file, shape];
  return JSON.parse(execFileSync(process.execPath, args).toString());
}

/** What the hits of a loaded source are kept by. */
async function shapeOf(text) {
  const { compile } = await import("../build/engine/fengari/chunks/compile.js");
  const compiled = compile(Buffer.from(text), "source.lua");
  if (compiled.ok === false) throw new Error(compiled.message);
  return compiled.chunk.shape;
}

function report(layout, size, { seconds, megabytes, statements }, nothing) {
  const memory = megabytes - nothing.megabytes;
  const columns = [
    layout.padEnd(20),
    String(statements).padStart(10),
    seconds.toFixed(2).padStart(10),
    memory.toFixed(0).padStart(18),
    ((seconds * 1e6) / size).toFixed(1).padStart(17),
    ((memory * 1024) / size).toFixed(2).padStart(17),
  ];
  console.log(columns.join(""));
}

async function analyseOne(file, shape) {
  const { analyse } = await import("../build/analysis/analyse.js");
  const hits = shape === "" ? {} : { [file]: { [shape]: { lines: [], calls: [], instructions: [] } } };
  const before = process.cpuUsage();
  const { coverage, notices } = await analyse(
    hits,
    { sources: [file], inEmbedded: true },
    { root: path.dirname(file), linesOnly: false },
  );
  const { user, system } = process.cpuUsage(before);
  if (notices.length > 0) throw new Error(notices[0].message);
  const [data] = Object.values(coverage);
  const statements = Object.keys(data.s).length;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ seconds: (user + system) / 1e6, megabytes, statements }));
}
