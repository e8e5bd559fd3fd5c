import { appendFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { openProgramFiles, type ProgramFiles } from "../../src/engine/native/jobs/programFiles.js";
import { makeFolder } from "../support/folder.js";

interface Program {
  readonly files: ProgramFiles;
  /** What was handed on and not taken yet. */
  readonly take: () => readonly string[];
  readonly write: (stream: "stdout" | "stderr", text: string) => void;
  /** All tests are through, says the program, with this much in its streams. */
  readonly tell: (stdout: number, stderr: number) => void;
}

const opened: ProgramFiles[] = [];
afterEach(() => {
  for (const files of opened.splice(0)) files.close();
});

function openProgram(): Program {
  let told: string[] = [];
  const files = openProgramFiles(makeFolder({}), {
    onOutput: ({ stream, bytes }) => told.push(`${stream}: ${Buffer.from(bytes)}`),
    onEvent: ({ kind }) => told.push(kind),
  });
  opened.push(files);
  const take = () => {
    const taken = told;
    told = [];
    return taken;
  };
  return {
    files,
    take,
    write: (stream, text) => appendFileSync(files.output[stream === "stdout" ? 0 : 1].path, text),
    tell: (stdout, stderr) => appendFileSync(files.news, `complete\t${stdout}\t${stderr}\n`),
  };
}

test("what both streams got between two pieces of news has one order, also when looked at in between", () => {
  const { files, take, write, tell } = openProgram();
  write("stderr", "error ");
  files.look();
  expect(take()).toEqual([]);
  write("stdout", "in ");
  tell(3, 6);
  files.look();
  expect(take()).toEqual(["stdout: in ", "stderr: error ", "tests complete"]);
});

test("what no news follows is handed on at the next look, and at once when all is read", () => {
  const { files, take, write } = openProgram();
  write("stdout", "enter a number: ");
  files.look();
  write("stdout", "it? ");
  files.look();
  expect(take()).toEqual(["stdout: enter a number: "]);
  files.read();
  expect(take()).toEqual(["stdout: it? "]);
});
