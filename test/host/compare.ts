import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../support/folder.js";

const here = import.meta.dirname;
const interpreter = path.join(here, "lua.mjs");
const systemPath = "./?.lua;/usr/share/lua/5.3/?.lua;/usr/share/lua/5.3/?/init.lua";

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

const hasLua = spawnSync("lua5.3", ["-v"]).error === undefined;

/** A test that needs lua5.3: without it CI fails, and a person reads why it did not run. */
export function testWithLua(name: string, body: () => void): void {
  if (hasLua || process.env.CI) test(name, body);
  else test.skip(`${name} (lua5.3 is not installed)`, body);
}

/** What lua5.3 and the built engine print for a program, each in a folder of its own. Bytes read as Latin-1. */
export function runBoth(
  program: string,
  surroundings: Surroundings = {},
): { theirs: Printed; ours: Printed } {
  return {
    theirs: runIn("lua5.3", [], program, surroundings),
    ours: runIn(process.execPath, [interpreter], program, surroundings),
  };
}

export function expectSame(program: string, surroundings: Surroundings = {}): void {
  const { theirs, ours } = runBoth(program, surroundings);
  expect(theirs.stdout.length).toBeGreaterThan(0);
  expect(ours).toEqual(theirs);
}

function runIn(
  command: string,
  args: readonly string[],
  program: string,
  surroundings: Surroundings,
): Printed {
  const folder = makeFolder(surroundings.files ?? {});
  const script = path.basename(program);
  copyFileSync(program, path.join(folder, script));
  const { status, stdout, stderr } = spawnSync(command, [...args, script], {
    cwd: folder,
    input: surroundings.input ?? "",
    encoding: "latin1",
    maxBuffer: 1e9,
    env: environment(surroundings),
  });
  return { code: status, stdout: normalised(stdout, folder), stderr: normalised(stderr, folder) };
}

function environment({ environment: given }: Surroundings): Record<string, string> {
  const { PATH = "", HOME = "", TZ } = process.env;
  const paths = { LUA_PATH: systemPath, PACKAGE_PATH: systemPath };
  return { PATH, HOME, ...(TZ === undefined ? {} : { TZ }), LC_ALL: "C", ...paths, ...given };
}

/** Folders, addresses and the name of the program differ. */
function normalised(text: string, folder: string): string {
  return text
    .replaceAll(folder, "<folder>")
    .replace(/^lua5\.3: /gm, "lua: ")
    .replace(/0x[0-9a-f]{4,}/g, "0x…");
}
