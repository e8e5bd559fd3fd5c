import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { inPage } from "../report/browser.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const files = {
  "src/m.lua": "local M = {}\nfunction M.f(n)\n  return n\nend\nreturn M\n",
  "spec/m_spec.lua": `local m = require "src.m"
it("<one>", function() m.f(1) end)
it("two", function() m.f(1) m.f(2) end)
`,
};

async function pageOf(folder: string): Promise<string> {
  await runCli(folder, ["--reporter", "html-lua", "--test-reporter", "dot", "--by-test", "spec"]);
  return path.join(folder, "coverage/html/src/m.lua.html");
}

test("a line of a page has the tests that ran it", async () => {
  const page = await pageOf(makeFolder(files));
  const text = readFileSync(page, "utf8");
  expect(text).toContain('<a href=#L3>3</a><td data-t="0 1">3');
  expect(text).toContain('<a href=#L2>2</a><td data-t="2">1');
  expect(text).toContain(
    "<ol id=tests hidden>\n<li>spec/m_spec.lua:2 &lt;one&gt;\n<li>spec/m_spec.lua:3 two\n<li>outside of any test\n</ol>",
  );
});

test("a page of a source that has changed since has none", async () => {
  const folder = makeFolder(files);
  const page = await pageOf(folder);
  writeFileSync(path.join(folder, "src/m.lua"), `${files["src/m.lua"]}-- more\n`);
  await runCli(folder, ["report", "--reporter", "html-lua"]);
  expect(readFileSync(page, "utf8")).not.toContain("data-t");
});

testWith("chromium")("a click on the count of a line shows its tests, and hides them again", async () => {
  const page = await pageOf(makeFolder(files));
  const found = inPage(
    page,
    `const cell = document.querySelector("#L3 td[data-t]");
    const shown = () => [...document.querySelectorAll("#L3 li")].map((item) => item.textContent);
    cell.click();
    const open = [shown(), cell.getAttribute("aria-expanded")];
    cell.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    return [...open, shown(), cell.title];`,
  );
  const titles = ["spec/m_spec.lua:2 <one>", "spec/m_spec.lua:3 two"];
  expect(found).toEqual([titles, "true", [], "which tests ran this line (2)"]);
});
