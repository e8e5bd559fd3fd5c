import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { coverageIn } from "../support/cover.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const count = 200;
const numbers = Array.from({ length: count }, (_, index) => String(index).padStart(3, "0"));

/** Each leaves what would fail the next one in the same state. */
const specOf = (number: string) => `assert(leaked == nil and not package.loaded.m)
leaked = true
it("calls ${number}", function() require "m"() print "${number}" end)
`;

for (const lua of ["luajit", "lua5.4"] as const) {
  testWith(lua)(`many small files share nothing in ${lua}, and lose no result and no count`, async () => {
    const specs = Object.fromEntries(numbers.map((number) => [`spec/${number}_spec.lua`, specOf(number)]));
    const folder = makeFolder({ "m.lua": "return function() end", ...specs });
    const args = ["--lua", lua, "--jobs", "4", "--reporter", "none", "--test-reporter", "tap", "spec"];
    const { code, stdout, stderr } = await runCli(folder, args);
    const lines = stdout.split("\n");
    const names = numbers.map((number) => expect.stringContaining(`calls ${number}`));
    expect([code, stderr]).toEqual([0, ""]);
    expect(lines.filter((line) => line.startsWith("ok"))).toEqual(names);
    expect(lines.filter((line) => /^\W*\d{3}$/.test(line)).map((line) => line.slice(-3))).toEqual(numbers);
    expect(coverageIn(folder)["m.lua"]?.f).toEqual({ 0: count });
  });
}
