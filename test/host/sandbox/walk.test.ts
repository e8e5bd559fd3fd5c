import {
  closeSync,
  constants,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WorkingDirectory } from "../../../src/engine/host/primitives/directory.js";
import { codeOf } from "../../../src/engine/host/primitives/failure.js";
import { bestHold, type Hold, holdByName } from "../../../src/engine/host/sandbox/hold.js";
import { Refusal } from "../../../src/engine/host/sandbox/refusal.js";
import { createSandbox } from "../../../src/engine/host/sandbox/sandbox.js";
import { makeFolder } from "../../support/folder.js";

const kinds: readonly (readonly [name: string, hold: Hold])[] = [
  ["as this system holds folders", bestHold()],
  ["by name", holdByName],
];

/** A project with links in it, and what becomes of writing to a path of it: a file's name, a code, or "refused". */
function makeProject(hold: Hold) {
  const folder = makeFolder({
    "outside/secret": "",
    "outside/sub/x": "",
    "project/file": "",
    "project/sub/x": "",
  });
  const project = path.join(folder, "project");
  const link = (target: string | Buffer, name: string | Buffer) =>
    symlinkSync(target, Buffer.concat([Buffer.from(`${project}/`), Buffer.from(name)]));
  link("../outside", "out");
  link(path.join(folder, "outside"), "absolute");
  link("../outside/new", "dangling");
  link("out/sub", "two");
  link("two/..", "up");
  link(project, "outside-back");
  symlinkSync(project, path.join(folder, "outside/back"));
  link("loop", "loop");
  link("sub", "in");
  link("../outside", Buffer.from([0xff]));
  for (let index = 0; index < 45; index++) link(index === 0 ? "file" : `chain${index - 1}`, `chain${index}`);
  linkSync(path.join(folder, "outside/secret"), path.join(project, "hard"));
  mkdirSync(path.join(project, "n".repeat(255)));
  const directory = new WorkingDirectory();
  directory.change(Buffer.from(project));
  const sandbox = createSandbox({
    root: project,
    directory,
    open: (file, flags) => openSync(file, flags, 0o666),
    hold,
  });
  const writing = (given: string, flags = constants.O_WRONLY | constants.O_CREAT) => {
    try {
      closeSync(sandbox.openForWriting(Buffer.from(given, "latin1"), flags));
      return "written";
    } catch (error) {
      return error instanceof Refusal ? "refused" : codeOf(error);
    }
  };
  return { folder, project, writing, sandbox };
}

const rows: readonly (readonly [path: string, expected: string])[] = [
  ["file", "written"],
  ["./file", "written"],
  [".//sub///x", "written"],
  ["sub/../file", "written"],
  ["in/x", "written"],
  ["in/../file", "written"],
  ["new", "written"],
  ["new\0/../../outside/x", "written"],
  ["../project/file", "written"],
  ["out/back/file", "written"],
  ["out/../project/sub/../file", "written"],
  ["outside-back/sub/x", "written"],
  ["/proc/self/cwd/../../../../../../PROJECT/file", "written"],
  [`${"n".repeat(255)}/../file`, "written"],
  ["chain30", "written"],
  ["out/x", "refused"],
  ["out/secret", "refused"],
  ["out/../outside/x", "refused"],
  ["out/../x", "refused"],
  ["in/../../outside/x", "refused"],
  ["two/y", "refused"],
  ["two/../y", "refused"],
  ["up/y", "refused"],
  ["up/back/../y", "refused"],
  ["\xff/x", "refused"],
  ["\xff/../outside/x", "refused"],
  ["absolute/x", "refused"],
  ["dangling", "refused"],
  ["outside-back/../x", "refused"],
  ["hard", "refused"],
  ["..", "refused"],
  ["/", "refused"],
  ["//", "refused"],
  ["out/", "refused"],
  ["out/.", "refused"],
  ["", "ENOENT"],
  ["nothing/x", "ENOENT"],
  ["nothing/../x", "ENOENT"],
  ["dangling/", "ENOENT"],
  ["file/", "ENOTDIR"],
  ["file/..", "ENOTDIR"],
  [".", "EISDIR"],
  ["sub/", "EISDIR"],
  ["in", "EISDIR"],
  ["loop", "ELOOP"],
  ["loop/x", "ELOOP"],
  ["chain44", "ELOOP"],
  ["n".repeat(256), "ENAMETOOLONG"],
  [`${"sub/../".repeat(700)}file`, "ENAMETOOLONG"],
];

test.each(kinds)("a path leads where the kernel takes it, %s", (_name, hold) => {
  const { folder, project, writing } = makeProject(hold);
  const found = rows.map(([given]) => [given, writing(given.replace("PROJECT", project))]);
  expect(found).toEqual(rows);
  expect(readFileSync(path.join(folder, "outside/secret"), "utf8")).toBe("");
});

test("links that the program made itself are no reason to refuse", () => {
  const { writing, sandbox } = makeProject(bestHold());
  const link = (from: string, to: string) => sandbox.primitives.link(Buffer.from(from), Buffer.from(to));
  link("file", "second");
  link("second", "third");
  expect(["file", "second", "third"].map((name) => writing(name))).toEqual(["written", "written", "written"]);
  expect(() => link("hard", "fourth")).toThrow(Refusal);
});

test("whatever links there are, a path that is written is in the project", () => {
  const { folder, project, writing } = makeProject(bestHold());
  const part = fc.constantFrom(
    "..",
    ".",
    "",
    "sub",
    "in",
    "out",
    "two",
    "up",
    "back",
    "outside",
    "project",
    "x",
    "\xff",
  );
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 8 }),
      fc.constantFrom("", `${folder}/`, `${project}/`),
      (parts, start) => {
        const given = start + parts.join("/");
        writing(given, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC);
      },
    ),
  );
  expect(readdirSync(folder).sort()).toEqual(["outside", "project"]);
  expect(readdirSync(path.join(folder, "outside")).sort()).toEqual(["back", "secret", "sub"]);
  expect(readdirSync(path.join(folder, "outside/sub"))).toEqual(["x"]);
});
