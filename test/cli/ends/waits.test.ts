import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { readCoverage } from "../../../src/index.js";
import { inLua } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { differs } from "../../support/luaDifferences.js";
import { testWith } from "../../support/tools.js";

const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

/** What a program waits in; `started` is a process id that it tells of. */
const waits: readonly (readonly [name: string, lua: string])[] = [
  ["a named pipe that nobody writes to", 'ready() io.open("fifo")'],
  ["a named pipe that nobody reads", 'ready() io.open("fifo", "w")'],
  ["a named pipe whose writer is silent", 'local w = io.open("fifo", "r+") ready() w:read("*a")'],
  ["a named pipe as a module", 'ready() dofile("fifo")'],
  ["standard input, a line", 'ready() io.read("*l")'],
  ["standard input, all of it", 'ready() io.read("*a")'],
  ["a command", 'os.execute("echo $$ > told; exec sleep 1000")'],
  [
    "a command that ignores signals",
    `os.execute("trap '' TERM INT HUP; echo $$ > told; while :; do sleep 1; done")`,
  ],
  ["a command with others in the background", 'os.execute("sleep 1000 & echo $! > told; wait")'],
  ["the reading of a command", 'io.popen("echo $$ > told; exec sleep 1000"):read("*a")'],
  [
    "the writing to a command that does not read",
    'local p = io.popen("echo $$ > told; exec sleep 1000", "w") p:setvbuf("no") p:write(("x"):rep(1e6))',
  ],
  ["the end of a command", 'io.popen("echo $$ > told; exec sleep 1000", "w"):close()'],
  ["the end of a command that nobody closed", 'p = io.popen("echo $$ > told; exec sleep 1000", "w")'],
  [
    "what catches the end of a wait",
    'ready() while true do pcall(io.read) pcall(os.execute, "sleep 1000") end',
  ],
  ["a pause", 'ready() require("system").sleep(1000)'],
  ["an assertion on what never comes", 'ready() assert(io.read("*l"))'],
];

const ready = 'local function ready() local f = io.open("told", "w") f:write("0\\n") f:close() end\n';

describe.skipIf(process.platform === "win32")("whatever a test file waits in", () => {
  test("--timeout ends it, and what it started; what was measured counts, and the next file runs", async () => {
    const expected = waits.map(([name]) => ({
      name,
      code: 1,
      timedOut: true,
      rest: true,
      alive: false,
      hits: own(2),
    }));
    expect(await Promise.all(waits.map(timedOut))).toEqual(expected);
  });

  test("SIGTERM ends it, and what it started; what was measured counts", async () => {
    const expected = waits.map(([name]) => ({
      name,
      code: 143,
      interrupted: true,
      alive: false,
      hits: own(1),
    }));
    expect(await Promise.all(waits.map((each) => terminated(each)))).toEqual(expected);
  });

  const families: readonly (readonly [name: string, command: string])[] = [
    ["in the background, its parent gone", "sleep 1000 & echo $! > told"],
    ["without the environment of its parent", "env -i sh -c 'echo $$ > told; exec sleep 1000' &"],
    ["below others", "sh -c 'sh -c \"sleep 1000 & echo \\$! > told; wait\" & wait'"],
    ["deaf to signals", "sh -c \"trap '' TERM INT; echo \\$\\$ > told; while :; do sleep 1; done\" &"],
  ];

  const started = ([name, command]: (typeof families)[number]) =>
    terminated([name, `os.execute([[${command}]]) io.read("*a")`], "SIGINT");
  const ended = { code: 130, interrupted: true, alive: false, hits: own(1) };

  test("a process ends with the file that started it, however far it has gone", async () => {
    const expected = families.map(([name]) => ({ name, ...ended }));
    expect(await Promise.all(families.map(started))).toEqual(expected);
  });

  testWith("setsid")("so does one in a session of its own", async () => {
    const name = "in a session of its own";
    expect(await started([name, "setsid sh -c 'echo $$ > told; exec sleep 1000' &"])).toEqual({
      name,
      ...ended,
    });
  });

  test("a socket as standard input is read as a pipe is, and can be ended", async () => {
    const folder = project('assert(io.read("*l") == "one" and io.read("*l") == "two") ready() io.read("*a")');
    const server = createServer();
    onTestFinished(() => {
      server.close();
    });
    server.listen(path.join(folder, "socket"));
    // Node's own pipes to a child are sockets.
    const child = start(folder, ["--jobs", "1", "--reporter", "none", "test/a.lua"]);
    child.stdin.write("one\ntwo\n");
    const output = text(child.stdout);
    await told(folder, child);
    child.kill("SIGTERM");
    expect([await exitCode(child), await output]).toEqual([143, expect.stringContaining("interrupted\n")]);
  });

  test("a named pipe passes on what is written to it, and its end", async () => {
    const folder = project('local all = io.open("fifo"):read("*a") assert(all == "one\\ntwo\\n", all)');
    const writer = spawn("sh", ["-c", "{ echo one; echo two; } > fifo"], { cwd: folder, stdio: "ignore" });
    const child = start(folder, ["--reporter", "none", "test/a.lua"]);
    const [stdout] = await Promise.all([text(child.stdout), exitCode(child), once(writer, "close")]);
    expect(stdout).toContain("1 passed, 0 failed");
  });
});

/** How often the module counts as run, by so many files of which the first one was ended: by chance, a call may return. */
function own(hits: number): unknown {
  return differs("counts of a call that never returns") ? expect.toBeOneOf([hits - 1, hits]) : hits;
}

async function timedOut([name, lua]: (typeof waits)[number]) {
  const folder = project(lua);
  const child = start(folder, ["--timeout", "5", "--jobs", "1", "--reporter", "none", "test"]);
  const [stdout, pid, code] = await Promise.all([text(child.stdout), told(folder, child), exitCode(child)]);
  return {
    name,
    code,
    timedOut: /^✖ test\/a\.lua \(.*\)\n {4}timed out at test\/a\.lua(:\d)?\n/.test(stdout),
    rest: /\n✔ test\/b\.lua \(.*\)\n\n1 passed, 1 failed\n/.test(stdout),
    alive: isAlive(pid),
    hits: hitsIn(folder),
  };
}

async function terminated([name, lua]: (typeof waits)[number], signal: NodeJS.Signals = "SIGTERM") {
  const folder = project(lua);
  const child = start(folder, ["--jobs", "1", "--reporter", "none", "test"]);
  const output = text(child.stdout);
  const pid = await told(folder, child);
  child.kill(signal);
  const code = await exitCode(child);
  const interrupted = /^✖ test\/a\.lua \(.*\)\n {4}interrupted\n\n0 passed, 1 failed before/.test(
    await output,
  );
  return { name, code, interrupted, alive: isAlive(pid), hits: hitsIn(folder) };
}

/** A folder with a test file, one behind it, and a named pipe. */
function project(lua: string): string {
  const folder = makeFolder({
    "src/m.lua": "return 1\n",
    "test/a.lua": `require "src.m" ${ready} ${lua}\n`,
    "test/b.lua": 'require "src.m"\n',
  });
  spawnSync("mkfifo", ["fifo", "told"], { cwd: folder });
  return folder;
}

function start(folder: string, args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(process.execPath, [bin, ...inLua(args)], {
    cwd: folder,
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stderr.resume();
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

/** The process id that is told through the named pipe; 0 for none. A command's own output comes at its end. */
async function told(folder: string, child: ChildProcess): Promise<number> {
  const script = 'read -r line < told && echo "$line"';
  const reader = spawn("sh", ["-c", script], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => {
    reader.kill("SIGKILL");
  });
  child.once("exit", () => reader.kill());
  return Number(await text(reader.stdout));
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null) return child.exitCode;
  const [code]: unknown[] = await once(child, "exit");
  return code;
}

function isAlive(pid: number): boolean {
  if (pid <= 1) return false;
  // One that has ended is there until its parent has heard of it: behind its name is a Z then.
  const script = `read -r stat < /proc/${pid}/stat && echo "$stat" || { [ ! -d /proc ] && kill -0 ${pid} && echo S; }`;
  const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  return /^(.*\) )?[^Z\s]/.test(stdout.trim()) && !/\) Z /.test(stdout);
}

/** How often the module ran. */
function hitsIn(folder: string): number | undefined {
  return readCoverage(path.join(folder, ".nyc_output"))[path.join(folder, "src/m.lua")]?.s[0];
}
