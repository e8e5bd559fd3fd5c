import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { notWritable } from "../../../errors/outputs.js";
import { currentFolder } from "../../../files/files.js";
import type { Exit, Program } from "../../../types.js";
import { childEnd } from "../childEnd.js";
import type { NativeLua } from "../nativeLua.js";
import { jobText } from "./jobFile.js";
import { readNews } from "./news.js";
import { jobStart } from "./shipped.js";

/** How long a program may take that does nothing but load something, in milliseconds. */
const patience = 20_000;

/** Runs a program that is no test, whose output nobody wants to see and that nobody measures. Throws NOT_WRITABLE. */
export async function runQuietly(lua: NativeLua, program: Omit<Program, "args">): Promise<Exit> {
  const folder = makeFolder();
  const [job, news] = [path.join(folder, "job.lua"), path.join(folder, "news")];
  try {
    const { file, steps = [], packagePath, cpath } = program;
    const paths = { path: packagePath, ...(cpath === undefined ? {} : { cpath }) };
    writeFileSync(job, jobText({ news, file, args: [], steps, folder: currentFolder(), ...paths }));
    writeFileSync(news, "");
    const end = await ended(lua, job);
    const told = readNews(readFileSync(news)).news.at(-1)?.event;
    return told?.kind === "end" ? told.exit : end;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(path.join(tmpdir(), "luacov-ts-"));
  } catch (cause) {
    throw notWritable(tmpdir(), cause);
  }
}

async function ended(lua: NativeLua, job: string): Promise<Exit> {
  const [file, ...before] = lua.command;
  const { args, environment } = jobStart(lua, job);
  const env = { ...process.env, ...environment };
  const child = spawn(file, [...before, ...args], { stdio: "ignore", env });
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  try {
    const { code, signal } = await childEnd(child, "exit");
    if (signal === null) return { kind: "exited", code: code ?? 0 };
    return { kind: "failed", message: `it was ended by ${signal}`, traceback: "" };
  } finally {
    clearTimeout(timer);
  }
}
