import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { flameGraph } from "../../../build/report/profile/flameGraph.js";
import { makeFolder } from "../../support/folder.js";
import { lua, other, profileOf } from "../../support/profiles.js";
import { testWith } from "../../support/tools.js";
import { domOf, inPage } from "../browser.js";

const markup = `</script><script>document.title="RAN"</script><img src=x onerror="document.title='RAN'">`;
const main = other("main", null, "/p/main.lua");
const [f, g, nasty] = [lua("f", "/p/a.lua", 1), lua("g", "/p/b.lua", 2), lua(markup, `/p/${markup}.lua`, 3)];
const known = profileOf([
  [
    main,
    10_000,
    {},
    [
      [f, 20_000, {}, [[g, 30_000, { calls: 1234 }]]],
      [nasty, 35_000, {}, [[g, 5_000]]],
    ],
  ],
]);

/** The page in a folder of its own; what a test runs in it may only in this copy. */
function pageOf(profile = known): string {
  const page = path.join(makeFolder({}), "profile.html");
  writeFileSync(page, flameGraph(profile, "/p").replace("script-src ", "script-src file: "));
  return page;
}

const helpers = `
  const text = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent);
  const frame = (name) => [...document.querySelectorAll("g.frame")].find((each) => each.getAttribute("name") === name);
  const widths = () => [...document.querySelectorAll("g.frame")].map((each) => each.getAttribute("name") + " " + Math.round(100 * each.getAttribute("width") / document.querySelector("svg").getAttribute("width")));
  const click = (element) => element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const type = (text) => {
    search.value = text;
    search.dispatchEvent(new Event("input"));
  };`;

describe("the page of a flame graph", () => {
  test("is one file: it names nothing beside it", () => {
    const page = flameGraph(known, "/p");
    expect(page).not.toMatch(/<(?:link|img|iframe|script[^>]*src)/);
    expect(page).toContain("default-src 'none'; script-src 'sha256-");
    expect(page).toContain("d3-flame-graph 5.0.0 (Apache-2.0)");
  });

  testWith("chromium")("shows calls as wide as their times, with what is known of them", () => {
    const found = inPage<string[][]>(pageOf(), `${helpers} return [widths(), text("title")];`);
    expect(found[0]?.toSorted()).toEqual(
      ["all 100", "(main chunk) 100", "f 50", "g 30", `${markup} 40`, "g 5"].toSorted(),
    );
    expect(found[1]).toContain("g b.lua:2: 30 ms (30.0 %), 30 ms by itself, 1,234 calls");
    expect(found[1]).toContain("f a.lua:1: 50 ms (50.0 %), 20 ms by itself, 1 call");
  });

  testWith("chromium")("zooms into a call, and out again", () => {
    const found = inPage<string[][]>(
      pageOf(),
      `${helpers}
      const shown = () => widths().filter((each) => !each.endsWith(" 0")).sort();
      click(frame("f"));
      const zoomed = shown();
      document.querySelector("#reset").click();
      const out = shown();
      click(frame("f"));
      press("Escape");
      return [zoomed, out, shown()];`,
    );
    const [zoomed, out, escaped] = found;
    expect(zoomed).toEqual(["(main chunk) 100", "all 100", "f 100", "g 60"]);
    expect(out).toHaveLength(6);
    expect(escaped).toEqual(out);
  });

  testWith("chromium")("finds functions and files, whatever is typed", () => {
    const found = inPage(
      pageOf(),
      `${helpers}
      const marked = () => [...document.querySelectorAll("g.frame")]
        .filter((each) => each.querySelector("rect").getAttribute("fill") === "#ffb000").map((each) => each.getAttribute("name")).sort();
      const results = [];
      for (const term of ["G b.lua", "a.lua", "(", "[", "zzz", ""]) {
        type(term);
        results.push([document.querySelector("#found").textContent, marked().length]);
      }
      press("/");
      return results.concat(document.activeElement.id);`,
    );
    expect(found).toEqual([
      ["2 found, 35.0 % of the time", 2],
      ["1 found, 50.0 % of the time", 1],
      ["1 found, 100.0 % of the time", 1],
      ["nothing found", 0],
      ["nothing found", 0],
      ["", 0],
      "search",
    ]);
  });

  testWith("chromium")("is light or dark", () => {
    const found = inPage(
      pageOf(),
      `${helpers}
      const back = () => getComputedStyle(document.body).backgroundColor;
      press("t");
      const first = [document.documentElement.dataset.theme, back()];
      document.querySelector("#theme").click();
      return [first, [document.documentElement.dataset.theme, back()]];`,
    );
    expect(found).toEqual([
      ["dark", "rgb(13, 17, 23)"],
      ["light", "rgb(255, 255, 255)"],
    ]);
  });

  testWith("chromium")("runs no markup of names, and no script but its own", () => {
    const page = path.join(makeFolder({}), "profile.html");
    writeFileSync(page, flameGraph(known, "/p"));
    const dom = domOf(pathToFileURL(page).href);
    expect(dom).toContain("<title>Profile</title>");
    expect(dom).toContain('class="frame"');
    const changed = readFileSync(page, "utf8").replace(
      "</html>",
      "<script>document.title='RAN'</script></html>",
    );
    writeFileSync(page, changed);
    expect(domOf(pathToFileURL(page).href)).toContain("<title>Profile</title>");
  });

  testWith("chromium")("draws a profile of nothing, and one that recurses deeply", () => {
    const frames = `${helpers} return document.querySelectorAll("g.frame").length;`;
    expect(inPage(pageOf(profileOf([])), frames)).toBe(1);
    const nodes = Array.from({ length: 20_000 }, (_, index) => {
      return { fn: 0, parent: index - 1, self: 1, samples: 0, calls: 1, allocated: null, lines: [] };
    });
    expect(inPage(pageOf({ ...known, functions: [f], nodes }), frames)).toBe(202);
  });
});
