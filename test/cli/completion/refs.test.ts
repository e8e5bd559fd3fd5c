import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { makeRepository } from "../../support/repository.js";
import { testWith } from "../../support/tools.js";

const complete = async (folder: string, ...words: readonly string[]) =>
  (await runCli(folder, ["__complete", ...words])).stdout.split("\n").filter((each) => each !== "");

testWith("git")("branches and tags are what --since and --changed may name", async () => {
  const { folder, git } = makeRepository({ "vendor/a.lua": "return 1\n" });
  git("branch", "feature/maps");
  git("tag", "v1.0");
  expect(await complete(folder, "luacov-ts", "--since", "")).toEqual(["feature/maps", "main", "v1.0"]);
  expect(await complete(folder, "luacov-ts", "--since", "ma")).toEqual(["main"]);
  expect(await complete(folder, "luacov-ts", "--changed", "v")).toEqual(["v1.0", "vendor/"]);
});

test("outside of a repository, --changed may still be followed by files", async () => {
  const folder = makeFolder({ "vendor/a.lua": "return 1\n" });
  expect(await complete(folder, "luacov-ts", "--changed", "v")).toEqual(["vendor/"]);
  expect(await complete(folder, "luacov-ts", "--since", "v")).toEqual([]);
});
