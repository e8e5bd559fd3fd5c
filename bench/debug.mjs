// What a debugger costs a suite that it stops nowhere in: 1,000 specs in one file after the other, by one Lua, without coverage; as ratios
// within one run, of CPU time of whole commands, which take turns. With no breakpoint, and with one in a function that is never called.
//
//   node bench/debug.mjs [--rounds 5] [lua5.1 lua5.4 luajit 5.4 fengari]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { costOf } from "./native/processes.mjs";
import { median, printBar, printLine, shown } from "./native/table.mjs";

const command = fileURLToPath(new URL("../bin/luacov-ts.js", import.meta.url));
const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" } },
  allowPositionals: true,
});
const luas = positionals.length > 0 ? positionals : ["lua5.1", "lua5.4", "luajit", "5.4", "fengari"];
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-bench-"));

const library = `local M = {}
function M.cold(n)
  local never = n
  return never
end
function M.add(a, b) return a + b end
function M.words(text)
  local all = {}
  for word in text:gmatch "%a+" do all[#all + 1] = word:upper() end
  return all
end
function M.sum(n)
  local sum = 0
  for i = 1, n do sum = M.add(sum, i) end
  return sum
end
return M
`;
const spec = `local library = require "library"
for i = 1, 100 do
  describe("part " .. i % 10, function()
    it("adds " .. i, function()
      assert.are.equal(500 * 501 / 2, library.sum(500))
      assert.are.same({ "A", "B" }, { library.words("a b")[1], library.words("a b")[2] })
      assert.is_true(pcall(library.add, 1, 2))
    end)
  end)
end
`;

try {
  writeFileSync(path.join(folder, "library.lua"), library);
  mkdirSync(path.join(folder, "spec"));
  for (let index = 0; index < 10; index++)
    writeFileSync(path.join(folder, "spec", `part${index}_spec.lua`), spec);
  const results = luas.map(measure);
  console.log();
  for (const [way, bar] of [
    ["no breakpoint", 1.05],
    ["cold", 1.3],
  ])
    printBar(`${way}, worst`, Math.max(...results.map((ratios) => ratios[way])), bar);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function timeOf(args) {
  const { status, seconds, stdout } = costOf([process.execPath, command, ...args], {}, folder);
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stdout}`);
  return seconds;
}

function measure(lua) {
  const common = ["--lua", lua, "spec"];
  const ways = {
    plain: ["--no-coverage", "--jobs", "1", "--reporter", "none", ...common],
    "no breakpoint": ["debug", "--break-on-failure", ...common],
    cold: ["debug", "--break", "library.lua:3", ...common],
  };
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [way, args] of Object.entries(ways)) times[way].push(timeOf(args));
  const ratios = Object.fromEntries(
    Object.keys(ways).map((way) => [way, median(times[way].map((time, round) => time / times.plain[round]))]),
  );
  printLine([
    lua,
    `${Math.round(median(times.plain) * 1000)}`,
    ...["no breakpoint", "cold"].map((way) => shown(ratios[way])),
  ]);
  return ratios;
}
