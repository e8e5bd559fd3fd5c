import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { debianTemplates, startLua53 } from "../support/lua53.js";
import { testWith } from "../support/tools.js";

const here = import.meta.dirname;
const interpreter = path.join(here, "lua.mjs");
const systemPath = `./?.lua;${debianTemplates}`;

export interface Printed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Other files of the folder in which the program runs. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** A test that compares with lua5.3. */
export const testWithLua = testWith("lua5.3");

/** What lua5.3 and the built engine print for a program, each in a folder of its own. Bytes read as Latin-1. */
export function runBoth(
  program: string,
  surroundings: Surroundings = {},
): { theirs: Printed; ours: Printed } {
  return {
    theirs: runIn(startLua53, program, surroundings),
    ours: runIn(startOurs, program, surroundings),
  };
}

export function expectSame(program: string, surroundings: Surroundings = {}): void {
  const { theirs, ours } = runBoth(program, surroundings);
  expect(theirs.stdout.length).toBeGreaterThan(0);
  expect(ours).toEqual(theirs);
}

type Start = typeof startLua53;

function startOurs(
  args: readonly string[],
  { cwd, input, encoding, environment }: Parameters<Start>[1] = {},
) {
  const env = { ...process.env, ...environment };
  const options = { cwd, input, encoding: encoding ?? "utf8", env, maxBuffer: 1e9 } as const;
  return spawnSync(process.execPath, [interpreter, ...args], options);
}

function runIn(start: Start, program: string, surroundings: Surroundings): Printed {
  const folder = makeFolder(surroundings.files ?? {});
  const script = path.basename(program);
  copyFileSync(program, path.join(folder, script));
  const { status, stdout, stderr } = start([script], {
    cwd: folder,
    input: surroundings.input ?? "",
    encoding: "latin1",
    environment: { LUA_PATH: systemPath, PACKAGE_PATH: systemPath, ...surroundings.environment },
  });
  return { code: status, stdout: normalised(stdout, folder), stderr: normalised(stderr, folder) };
}

/** Folders and addresses differ. */
function normalised(text: string, folder: string): string {
  return text.replaceAll(folder, "<folder>").replace(/0x[0-9a-f]{4,}/g, "0x…");
}
