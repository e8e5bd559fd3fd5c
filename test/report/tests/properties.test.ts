import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { Parser } from "tap-parser";
import { expect, test } from "vitest";
import { createDefaultReporter } from "../../../src/report/tests/default.js";
import { createGithubReporter } from "../../../src/report/tests/github.js";
import { createJunitReporter } from "../../../src/report/tests/junit.js";
import { createTapReporter } from "../../../src/report/tests/tap.js";
import type { TestResult } from "../../../src/types.js";
import { runsOf } from "../../support/runs.js";
import { fileEvents, result, runEvents, textOf, written } from "./events.js";

const special = fc.constantFrom(
  "\n",
  "\r",
  "\t",
  "#",
  "\\",
  "]]>",
  "::",
  "%",
  "---",
  "...",
  "\u001b[1m",
  "\0",
  "\u2028",
  "ok 1",
);
const text = fc
  .array(fc.oneof(special, fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 8 })
  .map((parts) => parts.join(""));

const results: fc.Arbitrary<TestResult> = fc
  .record({
    names: fc.array(text, { maxLength: 3 }),
    status: fc.constantFrom("success", "failure", "error", "pending"),
    message: text,
    traceback: text,
    excerpt: text,
    duration: fc.double({ min: 0, max: 1e5, noNaN: true }),
  })
  .map(result);
const happenings = fc.array(
  fc.oneof(
    results,
    text,
    fc.uint8Array().map((bytes) => written("stderr", bytes)),
  ),
);
const runs = fc
  .array(fc.tuple(text, happenings), { maxLength: 4 })
  .map((files) => runEvents(files.map(([file, inFile]) => fileEvents(file, inFile))));
const parameters = { numRuns: runsOf(200) };

test("TAP has a line for each test, whatever their texts are", async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (events) => {
      const tests = events.flatMap((event) => (event.kind === "test" ? [event.result.status] : []));
      const parser = new Parser({ strict: true });
      parser.end(await textOf(createTapReporter, events));
      expect(parser.results).toMatchObject({
        count: tests.length,
        fail: tests.filter((status) => status === "failure" || status === "error").length,
        skip: tests.filter((status) => status === "pending").length,
        failures: expect.not.arrayContaining([expect.objectContaining({ tapError: expect.anything() })]),
      });
    }),
    parameters,
  );
});

test("JUnit is well-formed XML, whatever the texts are", async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (events) => {
      const xml = await textOf(createJunitReporter, events);
      expect(XMLValidator.validate(xml)).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 forbids
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u);
    }),
    parameters,
  );
});

test("a GitHub annotation is one line, whatever the texts are", async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (events) => {
      const told = events.filter((event) => event.kind === "test" && event.result.status !== "success");
      const lines = (await textOf(createGithubReporter, events)).split(/\r\n|\r|\n/);
      expect(lines.filter((line) => /^::(?:error|notice) [^:]*::./.test(line))).toHaveLength(told.length);
      expect(lines).toHaveLength(told.length + 1);
    }),
    parameters,
  );
});

test("the default reporter sends no control characters of names and messages to a terminal", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, fc.array(results))), async (files) => {
      const events = runEvents(files.map(([file, inFile]) => fileEvents(file, inFile)));
      expect(await textOf(createDefaultReporter, events)).not.toMatch(/[^\P{Cc}\n\t]/u);
    }),
    parameters,
  );
});
