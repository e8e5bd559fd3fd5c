import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { loadConfig } from "../../../src/config/load.js";
import { writeReports } from "../../../src/report/reports.js";
import type { FileCoverageData } from "../../../src/types.js";
import { writeAt } from "../../support/hostile.js";
import { testWith } from "../../support/tools.js";
import { inPage } from "../browser.js";

const helpers = `
  const press = (key, target = document.body) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const type = (text) => {
    const filter = document.querySelector("#filter");
    filter.value = text;
    filter.dispatchEvent(new Event("input"));
  };
  const text = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent);`;

describe("keys and filters", () => {
  let folder = "";

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "luacov-ts-")));
    const hits = {
      "src/a.lua": [1, 0, 0, 1, 0],
      "src/b.lua": [1, 1, 1, 1, 1],
      "lib/x/c.lua": [0, 1, 1, 1, 1],
      "d.lua": [1],
    };
    const files = Object.entries(hits).map(([name, counts]) => {
      writeAt(folder, name, counts.map((_, index) => `f${index}()\n`).join(""));
      return fileOf(path.join(folder, name), counts);
    });
    const config = await loadConfig({ cwd: folder, reporter: ["html-lua"] });
    writeReports(config, Object.fromEntries(files.map((file) => [file.path, file])));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const page = (name: string) => path.join(folder, "coverage/html", name);

  testWith("chromium")("go from one uncovered place to the next, and around", () => {
    const places = inPage(
      page("src/a.lua.html"),
      `${helpers}
      const seen = [text("#place")[0]];
      for (const key of ["n", "j", "n", "p", "k"]) {
        press(key);
        seen.push(text("#place")[0] + ": " + [...document.querySelectorAll(".here")].map(({ id }) => id).join(" "));
      }
      return seen;`,
    );
    const [first, second] = ["1 of 2: L2 L3", "2 of 2: L5"];
    expect(places).toEqual(["2 missed", first, second, first, second, first]);
  });

  testWith("chromium")("go on behind the line that the address names", () => {
    const line = `${helpers} press("n"); return document.querySelector(".here").id;`;
    expect(inPage(page("src/a.lua.html"), line, "#L4")).toBe("L5");
  });

  testWith("chromium")("filter and sort functions", () => {
    const found = inPage<Record<string, unknown>>(
      page("src/a.lua.html"),
      `${helpers}
      const names = () => text(".functions tbody tr:not([hidden]) a");
      const all = names();
      document.querySelectorAll(".functions th")[2].click();
      const byCalls = names();
      press("/");
      const focused = document.activeElement.id;
      type("ONE");
      const filtered = names();
      press("n", document.activeElement);
      const moved = document.querySelector(".here") !== null;
      press("Escape", document.activeElement);
      return { all, byCalls, focused, filtered, moved, after: names().length, left: document.activeElement.id };`,
    );
    expect(found).toEqual({
      all: ["one", "two<b>"],
      byCalls: ["two<b>", "one"],
      focused: "filter",
      filtered: ["one"],
      moved: false,
      after: 2,
      left: "",
    });
  });

  testWith("chromium")("toggle colours and wrapping", () => {
    const found = inPage(
      page("src/a.lua.html"),
      `${helpers}
      const wrapped = () => document.body.classList.contains("wraps");
      const seen = [document.documentElement.dataset.theme ?? null, wrapped()];
      press("t"); press("w");
      seen.push(document.documentElement.dataset.theme, wrapped());
      press("t");
      return seen.concat(document.documentElement.dataset.theme);`,
    );
    expect(found).toEqual([null, false, "dark", true, "light"]);
  });

  testWith("chromium")("filter the index by folder and by misses", () => {
    const found = inPage<Record<string, unknown>>(
      page("index.html"),
      `${helpers}
      const shown = () => text("#files tbody tr:not([hidden], .folder) td:first-child");
      const folders = () => text(".folder:not([hidden]) a");
      const all = [shown(), folders()];
      press("/");
      const focused = document.activeElement.id;
      type("src/ B");
      const filtered = [shown(), folders(), text("#shown")[0], decodeURIComponent(location.hash)];
      document.querySelectorAll(".folder a")[1].click();
      const folder = [document.querySelector("#filter").value, shown()];
      type("");
      document.activeElement.blur();
      document.querySelector("#missed").click();
      const missed = shown();
      press("n");
      const first = document.activeElement.getAttribute("href");
      press("n");
      return { all, focused, filtered, folder, missed, first, second: document.activeElement.getAttribute("href") };`,
    );
    expect(found).toEqual({
      all: [
        ["d.lua", "lib/x/c.lua", "src/a.lua", "src/b.lua"],
        ["./", "lib/x/", "src/"],
      ],
      focused: "filter",
      filtered: [["src/b.lua"], ["src/"], "1 of 4 files", "#src/ B"],
      folder: ["lib/x/", ["lib/x/c.lua"]],
      missed: ["lib/x/c.lua", "src/a.lua"],
      first: "lib/x/c.lua.html",
      second: "src/a.lua.html",
    });
  });

  testWith("chromium")("the index has as many misses as there are places to go to on the pages", () => {
    const missed = (rows: string) =>
      inPage(
        page("index.html"),
        `${helpers} return text("#files tbody ${rows} td:last-child").map((each) => each.trim());`,
      );
    expect(missed("tr:not(.folder)")).toEqual(["", "1", "2", ""]);
    expect(missed(".folder")).toEqual(["", "1", "2"]);
    const places = ["lib/x/c.lua", "src/a.lua", "src/b.lua"].map((name) =>
      inPage(page(`${name}.html`), `${helpers} return text("#place")[0];`),
    );
    expect(places).toEqual(["1 missed", "2 missed", "nothing missed"]);
  });

  testWith("chromium")("sort the index, by folder and in one list", () => {
    const found = inPage<Record<string, unknown>>(
      page("index.html"),
      `${helpers}
      const shown = () => text("#files tbody tr:not([hidden], .folder) td:first-child");
      const heading = document.querySelectorAll("#files th")[1];
      heading.click();
      const byFolder = shown();
      document.querySelector("#folders").click();
      const flat = shown();
      heading.click();
      const reversed = [shown(), heading.ariaSort];
      document.querySelector("#folders").click();
      return { byFolder, flat, reversed, back: shown() };`,
    );
    expect(found).toEqual({
      byFolder: ["src/a.lua", "src/b.lua", "lib/x/c.lua", "d.lua"],
      flat: ["src/a.lua", "lib/x/c.lua", "d.lua", "src/b.lua"],
      reversed: [["d.lua", "src/b.lua", "lib/x/c.lua", "src/a.lua"], "descending"],
      back: ["d.lua", "lib/x/c.lua", "src/b.lua", "src/a.lua"],
    });
  });

  testWith("chromium")("lead from a link to a folder to its files", () => {
    const shown = `${helpers} return text("#files tbody tr:not([hidden], .folder) td:first-child");`;
    expect(inPage(page("index.html"), shown, "#lib%2F")).toEqual(["lib/x/c.lua"]);
  });

  testWith("chromium")("no script but the report's runs, wherever it stands", () => {
    const found = inPage(
      page("src/b.lua.html"),
      `const run = (make) => { try { return make(); } catch (error) { return error.name; } };
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\\"document.title='RAN'\\">");
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      return [run(() => eval("1")), window.ran ?? null];`,
    );
    expect(found).toEqual(["EvalError", null]);
  });
});

function fileOf(file: string, counts: readonly number[]): FileCoverageData {
  const range = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 4 } });
  const fn = (name: string, line: number) => ({ name, decl: range(line), loc: range(line), line });
  return {
    path: file,
    statementMap: Object.fromEntries(counts.map((_, index) => [index, range(index + 1)])),
    s: Object.fromEntries(counts.map((count, index) => [index, count])),
    fnMap: { 0: fn("one", 1), 1: fn("two<b>", 4) },
    f: { 0: 7, 1: 3 },
    branchMap: {},
    b: {},
  };
}
