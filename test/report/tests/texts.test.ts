import { expect, test } from "vitest";
import { fullName, timeText, totalText } from "../../../src/report/tests/text/texts.js";
import { result, script } from "./events.js";

test.for([
  [{ names: ["a", "b"] }, "a › b"],
  [{ names: ["a", "b"], descriptor: "pending" }, "a › b"],
  [{ names: ["a"], descriptor: "describe" }, "a › (describe)"],
  [{ names: ["a", "setup"], descriptor: "strict_setup" }, "a › setup"],
  [{ names: ["before_each"], descriptor: "before_each" }, "before_each"],
  [{ names: [], descriptor: "file" }, "(file)"],
  [{ names: [] }, "(no name)"],
] as const)("%j is called %s", ([given, name]) => {
  expect(fullName(result(given))).toBe(name);
});

test("a script is called as its file", () => {
  expect(fullName(script("test/a.lua"))).toBe("test/a.lua");
});

test("times are milliseconds up to ten seconds", () => {
  expect([0, 0.4, 9999.4, 10_000, 61_234].map(timeText)).toEqual([
    "(0 ms)",
    "(0 ms)",
    "(9999 ms)",
    "(10.0 s)",
    "(61.2 s)",
  ]);
});

test("totals count errors as failed, and name what is pending if there is some", () => {
  expect(totalText({ success: 3, failure: 1, error: 2, pending: 0 })).toBe("3 passed, 3 failed");
  expect(totalText({ success: 3, failure: 0, error: 0, pending: 1 })).toBe("3 passed, 0 failed, 1 pending");
});
