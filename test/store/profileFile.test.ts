import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyProfile, mergeProfiles } from "../../src/profile/merge.js";
import { keepProfile, readProfileFile, readProfiles, writeProfileFile } from "../../src/store/profileFile.js";
import type { Profile } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { anyProfile, lua, other, profileOf } from "../support/profiles.js";

const stored = { version: 1, root: "/p", began: 1, ended: 2 } as const;

test("what is written is read", () => {
  const file = path.join(makeFolder({}), "profile.json");
  fc.assert(
    fc.property(anyProfile, (profile) => {
      writeProfileFile(file, { ...stored, profile }, {});
      expect(readProfileFile(file)).toEqual({ ...stored, profile });
    }),
    { numRuns: 30 },
  );
});

const known = profileOf([
  [other("main", null, "/p/a.lua"), 5, { lines: [[1, 5]] }, [[lua("f", "/p/b.lua", 1), 7]]],
]);

test.for<[string, (text: string) => string]>([
  ["", () => ""],
  ["", (text) => text.slice(0, 120)],
  ["version is 2", (text) => text.replace('"version":1', '"version":2')],
  ["profile is undefined", (text) => text.replace('"profile"', '"other"')],
  ["it is null", () => "null"],
  ["profile.nodes.1.self is -7", (text) => text.replace('"self":7', '"self":-7')],
  ["profile.nodes.1.self is 0.5", (text) => text.replace('"self":7', '"self":0.5')],
  ['profile.functions.0.kind is "other"', (text) => text.replace('"main"', '"other"')],
  ["a call has no function, or stands before its caller", (text) => text.replace('"fn":1', '"fn":2')],
  ["a call has no function, or stands before its caller", (text) => text.replace('"parent":0', '"parent":1')],
])("one that is damaged is told in a sentence: %s", ([reason, damage]) => {
  const file = path.join(makeFolder({}), "profile.json");
  writeFileSync(file, damage(JSON.stringify({ ...stored, profile: known })));
  const sentence = `${file} is not a profile that this version can read: ${reason}`;
  expect(() => readProfileFile(file)).toThrow(sentence);
  expect(() => readProfileFile(file)).toThrow(/; remove it, and measure again$/);
});

function configIn(cwd: string, clean = true) {
  return { tempDir: path.join(cwd, ".nyc_output"), clean, cwd, sandbox: false };
}

test("runs at the same time belong together, and take the place of those before", () => {
  const config = configIn(makeFolder({}));
  const kept = () => readProfiles(config.tempDir, config.cwd);
  expect(kept()).toBeNull();
  const before = Date.now() - 1000;
  keepProfile(config, known, before);
  keepProfile(config, known, before);
  expect(kept()).toEqual(mergeProfiles([known, known]));
  keepProfile(config, emptyProfile, Date.now() + 1);
  expect(kept()).toEqual(emptyProfile);
  keepProfile({ ...config, clean: false }, known, Date.now() + 1000);
  expect(kept()).toEqual(mergeProfiles([known]));
});

test("a damaged one is replaced with the others, and no other file is touched", () => {
  const damaged = "profile-00000000-0000-0000-0000-000000000000.json";
  const config = configIn(
    makeFolder({ [`.nyc_output/luacov-ts/${damaged}`]: "{", ".nyc_output/luacov-ts/profile-mine.json": "" }),
  );
  expect(() => readProfiles(config.tempDir, config.cwd)).toThrow(`${damaged} is not a profile`);
  keepProfile(config, known, Date.now());
  expect(
    readdirSync(path.join(config.tempDir, "luacov-ts")).filter(
      (name) => name === damaged || name === "profile-mine.json",
    ),
  ).toEqual(["profile-mine.json"]);
  expect(readProfiles(config.tempDir, config.cwd)).toEqual(mergeProfiles([known]));
});

test("a profile of another checkout counts for the files of this one that are there", () => {
  const cwd = makeFolder({ "a.lua": "" });
  const folder = path.join(cwd, ".nyc_output/luacov-ts");
  keepProfile(configIn(cwd), known, 0);
  const file = path.join(folder, readdirSync(folder)[0] ?? "");
  writeFileSync(file, readFileSync(file, "utf8").replace(JSON.stringify(cwd), '"/p"'));
  const files = (profile: Profile | null) => profile?.functions.map((fn) => fn.file).sort();
  expect(files(readProfiles(configIn(cwd).tempDir, cwd))).toEqual(
    ["/p/b.lua", path.join(cwd, "a.lua")].sort(),
  );
});

test("where nothing can be written, a sentence says so", () => {
  const cwd = makeFolder({ ".nyc_output": "a file" });
  expect(() => keepProfile(configIn(cwd), known, 0)).toThrow(/^Cannot write to .*\.nyc_output/);
});
