import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createGithubReporter } from "../../../src/report/tests/github.js";
import { makeFolder } from "../../support/folder.js";
import { fileEvents, result, runEvents, textOf } from "./events.js";
import { bailedOut, interrupted, nothing, odd, oneFile, severalFiles } from "./sample.js";

test("failing tests are errors at the line that failed, pending ones notices", async () => {
  expect(await textOf(createGithubReporter, oneFile)).toMatchInlineSnapshot(`
    "::error file=spec/cart_spec.lua,line=12,title=spec/cart_spec.lua%3A a cart › with an item › adds up::spec/cart_spec.lua:12: Expected objects to be the same.%0APassed in:%0A(table: 0x1) {%0A  [name] = 'pear'%0A *[price] = 3%0A  [size] = 2 }%0AExpected:%0A(table: 0x2) {%0A  [name] = 'pear'%0A *[price] = 4%0A  [size] = 2 }%0Astack traceback:%0A	spec/cart_spec.lua:12: in function <spec/cart_spec.lua:11>
    ::notice file=spec/cart_spec.lua,line=3,title=spec/cart_spec.lua%3A a cart › can be emptied::not yet
    ::error file=spec/cart_spec.lua,line=30,title=spec/cart_spec.lua%3A a cart › teardown::attempt to call a nil value (global 'close')
    "
  `);
});

test("the texts of commands are escaped as GitHub documents it", async () => {
  expect(await textOf(createGithubReporter, odd)).toMatchInlineSnapshot(`
    "::notice file=spec/cart_spec.lua,line=3,title=spec/odd # "file" & <more>_spec.lua%3A (no name) › (no name)::first # line%0Asecond, 50%25 : done
    ::error file=spec/cart_spec.lua,line=3,title=spec/odd # "file" & <more>_spec.lua%3A é ü 漢 😀::---%0A...%0A  ...%0Abold \\x01]]>&<%0A	tab%0Aend%0A...
    ::error file=spec/odd # "file" & <more>_spec.lua,line=1,title=spec/odd # "file" & <more>_spec.lua%3A (file)::xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    "
  `);
});

test("files are named from the root of the repository, and what is outside of it is not", async () => {
  const outside = { file: "/usr/share/lua/5.3/say.lua", line: 7 };
  const failed = { status: "failure", message: "no" } as const;
  const events = runEvents([
    fileEvents("spec/a.lua", [
      result({ names: ["a"], ...failed, failedAt: outside, place: { file: "spec/a.lua", line: 3 } }),
      result({ names: ["b"], ...failed, failedAt: null, place: null }),
    ]),
    fileEvents("../b.lua", [result({ names: ["c"], ...failed, place: { file: "../b.lua", line: 1 } })]),
  ]);
  const root = path.dirname(process.cwd());
  const folder = path.basename(process.cwd());
  const below = await textOf(createGithubReporter, events, { environment: { GITHUB_WORKSPACE: root } });
  expect(below).toBe(
    `::error file=${folder}/spec/a.lua,line=3,title=spec/a.lua%3A a::no\n` +
      `::error file=${folder}/spec/a.lua,line=1,title=spec/a.lua%3A b::no\n` +
      "::error file=b.lua,line=1,title=../b.lua%3A c::no\n",
  );
  expect(await textOf(createGithubReporter, events)).toContain("::error title=../b.lua%3A c::no\n");
});

test("the step's summary has the totals, and failing tests to be unfolded", async () => {
  const folder = makeFolder({ "summary.md": "# Of a step before\n" });
  expect(await summaryOf(folder, severalFiles)).toMatchInlineSnapshot(`
    "# Of a step before
    ### ❌ Lua tests

    | Passed | Failures | Errors | Pending | Time |
    | ---: | ---: | ---: | ---: | ---: |
    | 6 | 1 | 2 | 1 | 0.1 s |

    <details><summary><code>spec/cart_spec.lua</code> a cart › with an item › adds up</summary>

    \`\`\`
    spec/cart_spec.lua:12: Expected objects to be the same.
    Passed in:
    (table: 0x1) {
      [name] = 'pear'
     *[price] = 3
      [size] = 2 }
    Expected:
    (table: 0x2) {
      [name] = 'pear'
     *[price] = 4
      [size] = 2 }
    stack traceback:
    	spec/cart_spec.lua:12: in function <spec/cart_spec.lua:11>

      11 |   it("adds up", function()
    > 12 |     assert.are.same(four, three)
      13 |   end)
    \`\`\`

    </details>

    <details><summary><code>spec/cart_spec.lua</code> a cart › teardown</summary>

    \`\`\`
    attempt to call a nil value (global 'close')

    > 30 |   close()
    \`\`\`

    </details>

    <details><summary><code>test/broken.lua</code></summary>

    \`\`\`
    test/broken.lua:2: boom
    stack traceback:
    	test/broken.lua:2: in main chunk

      1 | local x
    > 2 | error "boom"
    \`\`\`

    </details>

    "
  `);
});

test("an interrupted run is marked as such in the summary, one without tests is fine", async () => {
  expect(await summaryOf(makeFolder({}), interrupted)).toMatch(/^### ❌ Lua tests, interrupted\n/);
  expect(await summaryOf(makeFolder({}), bailedOut)).toMatch(/^### ❌ Lua tests, 2 files not run\n/);
  expect(await summaryOf(makeFolder({}), nothing)).toContain("### ✅ Lua tests\n");
});

test("a summary stays below what GitHub takes, and no text ends its block", async () => {
  const message = `${"long ".repeat(1000)}\n\`\`\`\`\nend`;
  const many = Array.from({ length: 300 }, (_, index) =>
    result({ names: [`<${index}>`], status: "failure", message }),
  );
  const summary = await summaryOf(makeFolder({}), runEvents([fileEvents("spec/a.lua", many)]));
  expect(Buffer.byteLength(summary)).toBeLessThan(2 ** 20);
  expect(summary).toMatch(/\nand \d+ more\n$/);
  expect(summary).toContain("</code> &lt;0&gt;</summary>\n\n`````\nlong ");
  expect(summary).toContain("\n````\nend\n`````\n\n</details>\n");
});

async function summaryOf(folder: string, events: Parameters<typeof textOf>[1]): Promise<string> {
  const file = path.join(folder, "summary.md");
  await textOf(createGithubReporter, events, { environment: { GITHUB_STEP_SUMMARY: file } });
  return readFileSync(file, "utf8");
}
