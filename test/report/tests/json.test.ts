import { expect, test } from "vitest";
import { createJsonReporter } from "../../../src/report/tests/json.js";
import type { TestEvent } from "../../../src/types.js";
import { fileEvents, result, runEvents, script, textOf, written } from "./events.js";
import { interrupted, nothing, odd, severalFiles } from "./sample.js";

test("one object holds the run, its files and their results", async () => {
  const events = runEvents([
    fileEvents("spec/a.lua", [
      "out",
      result({
        names: ["a block", "a test"],
        status: "failure",
        duration: 1.23456,
        attempts: 2,
        message: "spec/a.lua:4: no",
        traceback: "stack traceback:\n\t[C]: in ?",
        place: { file: "spec/a.lua", line: 3 },
        failedAt: { file: "spec/a.lua", line: 4 },
        excerpt: "> 4 | assert(no)",
      }),
      written("stderr", "problem\n"),
    ]),
    fileEvents("test/b.lua", [script("test/b.lua")]),
  ]);
  expect(await textOf(createJsonReporter, events)).toMatchInlineSnapshot(`
    "{
      "version": 1,
      "success": false,
      "interrupted": false,
      "notRun": 0,
      "duration": 120.5,
      "seed": null,
      "rounds": 1,
      "luas": [
        null
      ],
      "totals": {
        "success": 1,
        "failure": 1,
        "error": 0,
        "pending": 0
      },
      "files": [
        {
          "file": "spec/a.lua",
          "round": 1,
          "lua": null,
          "duration": 34.4,
          "results": [
            {
              "names": [
                "a block",
                "a test"
              ],
              "descriptor": "it",
              "status": "failure",
              "duration": 1.235,
              "attempts": 2,
              "message": "spec/a.lua:4: no",
              "traceback": "stack traceback:\\n\\t[C]: in ?",
              "place": {
                "file": "spec/a.lua",
                "line": 3
              },
              "failedAt": {
                "file": "spec/a.lua",
                "line": 4
              },
              "excerpt": "> 4 | assert(no)"
            }
          ],
          "output": [
            {
              "stream": "stdout",
              "text": "out"
            },
            {
              "stream": "stderr",
              "text": "problem\\n"
            }
          ]
        },
        {
          "file": "test/b.lua",
          "round": 1,
          "lua": null,
          "duration": 34.4,
          "results": [
            {
              "names": [],
              "descriptor": "script",
              "status": "success",
              "duration": 1.25,
              "attempts": 1,
              "message": "",
              "traceback": "",
              "place": null,
              "failedAt": null,
              "excerpt": ""
            }
          ],
          "output": []
        }
      ]
    }
    "
  `);
});

test("an interrupted run is no success", async () => {
  expect(await parsed(interrupted)).toMatchObject({
    success: false,
    interrupted: true,
    totals: { error: 1 },
  });
});

test("a run without tests is one without files", async () => {
  expect(await parsed(nothing)).toMatchObject({ success: true, files: [], rounds: 1, seed: null });
});

test("each round of a file stands for itself", async () => {
  const report = await parsed(severalFiles);
  expect(report).toMatchObject({ seed: 42, rounds: 2 });
  expect(report.files.map(({ file, round }) => `${file} ${round}`)).toContain("spec/cart_spec.lua 2");
});

test("texts come back as they were; bytes that are no UTF-8 are replaced", async () => {
  const [file] = (await parsed(odd)).files;
  expect(file?.results[0]?.names).toEqual([
    "line\nbreak\r\n\ttab",
    "\u001b[31mred\u001b[0m \u0000 \u0007 \u009b \ufffe",
  ]);
  expect(file?.output).toEqual([
    { stream: "stdout", text: "f\ufffd\n\u0000\u001b[31m✔\n# Subtest: x\nok 1\nBail out!\n]]>\r\n" },
  ]);
});

interface Report {
  readonly files: readonly {
    readonly file: string;
    readonly round: number;
    readonly results: readonly { readonly names: readonly string[] }[];
    readonly output: unknown;
  }[];
}

async function parsed(events: readonly TestEvent[]): Promise<Report> {
  return JSON.parse(await textOf(createJsonReporter, events));
}
