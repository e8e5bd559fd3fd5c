import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { WorkingDirectory } from "../../../src/engine/host/primitives/directory.js";
import { type Hold, holdByDescriptor, holdByName } from "../../../src/engine/host/sandbox/hold.js";
import { createSandbox, type Sandbox } from "../../../src/engine/host/sandbox/sandbox.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

const bytes = (text: string) => Buffer.from(text);
const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND } = constants;

/** What a program does to what is in the folder "d", or to "d/file". */
const actions: Readonly<Record<string, (sandbox: Sandbox) => unknown>> = {
  write: (box) => closeSync(box.openForWriting(bytes("d/file"), O_WRONLY | O_CREAT | O_TRUNC)),
  "write what is new": (box) => closeSync(box.openForWriting(bytes("d/new"), O_WRONLY | O_CREAT)),
  append: (box) =>
    closeSync(box.openForWriting(bytes("d/e/../file"), O_WRONLY | O_CREAT | O_APPEND | O_TRUNC)),
  "through a link": (box) => closeSync(box.openForWriting(bytes("in/file"), O_WRONLY | O_TRUNC)),
  touch: (box) => box.primitives.utimes(bytes("d/file"), 1, 1),
  remove: (box) => box.primitives.remove(bytes("d/file")),
  unlink: (box) => box.primitives.unlink(bytes("d/e/../file")),
  mkdir: (box) => box.primitives.mkdir(bytes("d/new")),
  rmdir: (box) => box.primitives.rmdir(bytes("d/e")),
  "rename in": (box) => box.primitives.rename(bytes("mine"), bytes("d/new")),
  "rename over": (box) => box.primitives.rename(bytes("mine"), bytes("d/file")),
  "rename out": (box) => box.primitives.rename(bytes("d/file"), bytes("taken")),
  "rename within": (box) => box.primitives.rename(bytes("d/file"), bytes("d/new")),
  symlink: (box) => box.primitives.symlink(bytes("x"), bytes("d/new")),
  link: (box) => box.primitives.link(bytes("mine"), bytes("d/new")),
  "link out": (box) => box.primitives.link(bytes("d/file"), bytes("taken")),
};

/** Does it while somebody swaps what `name` is for a link to the folder outside, behind look number `when`. */
function swapped(hold: Hold, action: (sandbox: Sandbox) => unknown, name: string, when: number) {
  const outside = { "outside/file": "theirs", "outside/e/x": "" };
  const folder = makeFolder({
    ...outside,
    "project/d/file": "ours",
    "project/mine": "mine",
    "project/link": "",
  });
  const project = path.join(folder, "project");
  mkdirSync(path.join(project, "d/e"));
  symlinkSync("d", path.join(project, "in"));
  let looks = 0;
  const spying: Hold = (each) => {
    const held = hold(each);
    if (looks++ === when) {
      renameSync(path.join(project, name), path.join(project, "moved"));
      symlinkSync(path.join(folder, "outside", name.slice(2)), path.join(project, name));
    }
    return held;
  };
  const before = detailsOf(folder);
  const directory = new WorkingDirectory();
  directory.change(bytes(project));
  const sandbox = createSandbox({
    root: project,
    directory,
    open: (file, flags) => openSync(file, flags, 0o666),
    hold: spying,
  });
  try {
    action(sandbox);
  } catch {
    // A refusal, or an error of the system, is as good as anything else.
  }
  sandbox.close();
  return { looks, isTouched: detailsOf(folder) !== before };
}

/** Of everything outside; what is removed has none. */
function detailsOf(folder: string): string {
  const details = ["outside", "outside/e", "outside/file"].map((name) => {
    const file = path.join(folder, name);
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return "nothing";
    const content = stats.isFile() ? readFileSync(file, "utf8") : readdirSync(file);
    return [stats.mtimeNs, stats.nlink, stats.ino, content].join(" ");
  });
  return details.join("\n");
}

/** At which looks a swap had an effect outside, for each action. */
function escapes(hold: Hold, name: string): string[] {
  return Object.entries(actions).flatMap(([title, action]) => {
    const found: string[] = [];
    for (let when = 0; ; when++) {
      const { looks, isTouched } = swapped(hold, action, name, when);
      if (isTouched) found.push(`${title}, behind look ${when}`);
      if (when >= looks) return found;
    }
  });
}

testWith("Linux").each(["d", "d/e", "d/file", "in"])(
  "a swap of %s for a link, at whatever moment, has no effect outside",
  (name) => {
    expect(escapes(holdByDescriptor, name)).toEqual([]);
  },
);

test("held by name, a folder can be swapped: this is what other systems cannot promise", () => {
  expect(escapes(holdByName, "d").length).toBeGreaterThan(0);
});
