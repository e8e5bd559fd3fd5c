import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { collapsedStacks } from "../../../src/report/profile/collapsed.js";
import { cpuProfile } from "../../../src/report/profile/cpuProfile.js";
import { speedscopeFile } from "../../../src/report/profile/speedscope.js";
import { makeFolder } from "../../support/folder.js";
import { lua, other, profileOf } from "../../support/profiles.js";
import { testWith } from "../../support/tools.js";
import { domOf } from "../browser.js";

const fib = lua("fib", "/p/fib.lua", 1, 4);
const nasty = lua("<b>&lt;", "/p/a b;.lua", 7);
const known = profileOf([
  [
    other("main", null, "/p/main.lua"),
    6_000,
    {},
    [
      [
        fib,
        20_000,
        {},
        [
          [fib, 30_000, {}, [[nasty, 4_000]]],
          [nasty, 1_000],
        ],
      ],
      [other("C", "print"), 39_000],
    ],
  ],
]);

/** As speedscope reads a profile: of each function the time in all and in itself. */
function readBySpeedscope(name: string, content: string): string[] {
  const file = path.join(makeFolder({}), `${name}.js`);
  const base64 = JSON.stringify(Buffer.from(content).toString("base64"));
  // Its table of functions, which is text, is behind a button.
  const click = `[...document.querySelectorAll("div")].find((each) => each.lastChild?.data === "Sandwich")?.click()`;
  writeFileSync(
    file,
    `speedscope.loadFileFromBase64(${JSON.stringify(name)}, ${base64}); setInterval(() => ${click}, 100);`,
  );
  const page = path.join(
    path.dirname(createRequire(import.meta.url).resolve("speedscope/package.json")),
    "dist/release/index.html",
  );
  const url = `${pathToFileURL(page).href}#localProfilePath=${file}`;
  const dom = domOf(url, ["--virtual-time-budget=5000", "--window-size=1200,1200"]);
  const rows = dom.matchAll(/<tr[^>]*><td[^>]*>([^<]*)<.*?<td[^>]*>([^<]*)<.*?<\/span>([^<]*)<\/td><\/tr>/g);
  return Array.from(rows, ([, total, self, symbol]) => `${symbol}: ${total}, ${self}`);
}

testWith("chromium").for([
  ["profile.cpuprofile", JSON.stringify(cpuProfile(known))],
  ["profile.speedscope.json", JSON.stringify(speedscopeFile(known, "/p"))],
] as const)("speedscope reads %s as it was measured", ([name, content]) => {
  expect(readBySpeedscope(name, content)).toEqual([
    "fib: 55.00ms (55%), 50.00ms (50%)",
    "print: 39.00ms (39%), 39.00ms (39%)",
    "(main chunk): 100.00ms (100%), 6.00ms (6.0%)",
    "&lt;b&gt;&amp;lt;: 5.00ms (5.0%), 5.00ms (5.0%)",
  ]);
});

testWith("chromium")("speedscope reads collapsed stacks as they were measured", () => {
  expect(readBySpeedscope("profile.collapsed.txt", collapsedStacks(known, "/p"))).toEqual([
    "fib@fib.lua:1: 55,000 (55%), 50,000 (50%)",
    "print@[C]: 39,000 (39%), 39,000 (39%)",
    "(main_chunk)@main.lua: 100,000 (100%), 6,000 (6.0%)",
    "&lt;b&gt;&amp;lt:@a_b:.lua:7: 5,000 (5.0%), 5,000 (5.0%)",
  ]);
});
