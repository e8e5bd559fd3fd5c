import { expect, test } from "vitest";
import { readHits } from "../../src/engine/native/agent/hits.js";
import { makeFolder } from "../support/folder.js";

const leftBy = (...rows: readonly string[]) => `${["luacov-ts-hits 1", ...rows].join("\n")}\n`;

test("of each process counts what it left last, and what no agent has written does not", () => {
  const folder = makeFolder({
    "hits-1-a-9": leftBy("abc 1 0", "open"),
    "hits-1-a-10": leftBy("abc 2 1", "end"),
    "hits-2-a-1": leftBy("abc 0 5", "open"),
    ".hits-2-a": leftBy("abc 0 7"),
    "hits-made-up": "abc 9 9\n",
  });
  const { probes, processes, unended } = readHits(folder, new Map([["abc", 2]]));
  expect([...probes]).toEqual([["abc", [2, 6]]]);
  expect([processes, unended.length]).toEqual([2, 1]);
});
