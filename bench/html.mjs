// What our HTML report takes for 500 and for 5,000 sources of 200 lines: node bench/html.mjs
// Each runs in a process of its own, so that its memory is its own, too.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const dist = new URL("../build/index.js", import.meta.url);
const sizes = [500, 5000];
const [size] = process.argv.slice(2);

if (size === undefined) for (const each of sizes) compare(each);
else await write(Number(size));

function compare(files) {
  const self = fileURLToPath(import.meta.url);
  const { status, stdout, stderr } = spawnSync(process.execPath, [self, String(files)], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const { seconds, cpu, megabytes, map } = JSON.parse(stdout);
  const each = ((cpu / files) * 1000).toFixed(2);
  console.log(
    `${String(files).padStart(5)} sources: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, ${each} ms each; ${megabytes} MB at most, ${map} MB before`,
  );
}

/** Writes the report of so many sources, half of whose functions nobody calls. */
async function write(files) {
  const { loadConfig, report, run } = await import(dist);
  const cwd = mkdtempSync(path.join(tmpdir(), "luacov-ts-bench-"));
  try {
    process.chdir(cwd);
    const text = sourceText();
    mkdirSync(path.join(cwd, "src"));
    mkdirSync(path.join(cwd, "test"));
    writeFileSync(path.join(cwd, "src/one.lua"), text);
    writeFileSync(
      path.join(cwd, "test/one.lua"),
      'local m = dofile("src/one.lua") for i = 0, 6 do m["f" .. i](i) end',
    );
    const config = await loadConfig({ cwd, reporter: ["html-lua"], testReporter: [] });
    const { coverage, results } = await run(config, { patterns: [path.join(cwd, "test")] });
    const [one] = Object.values(coverage);
    if (one === undefined) throw new Error(`nothing is measured: ${JSON.stringify(results)}`);
    const map = {};
    for (let index = 0; index < files; index++) {
      const file = path.join(cwd, `src/${index % 50}/file${index}.lua`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      map[file] = { ...structuredClone(one), path: file };
    }
    const before = process.resourceUsage().maxRSS;
    const [start, used] = [performance.now(), process.cpuUsage()];
    report(config, map);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(used);
    const cpu = (user + system) / 1e6;
    const inMegabytes = (kilobytes) => Math.round(kilobytes / 1024);
    const { maxRSS } = process.resourceUsage();
    console.log(JSON.stringify({ seconds, cpu, megabytes: inMegabytes(maxRSS), map: inMegabytes(before) }));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** 200 lines, as people write them. */
function sourceText() {
  const functions = Array.from({ length: 14 }, (_, index) => functionText(index));
  return `-- A module that isn't real.\nlocal M = {}\n\n${functions.join("\n")}\nreturn M\n`;
}

function functionText(index) {
  return `--- Says what there is to be said of a number.
function M.f${index}(number)
  local text = "number " .. number
  if number > 3 and (number < 5 or number == 6) then
    text = text .. " is between"
  elseif number == nil then
    return nil, "no number" -- nobody's
  end
  for position = 1, number do
    if position % 2 == 0 and number then
      text = text .. ", " .. position // 1
    end
  end
  return text or [[none]]
end`;
}
