import { expect } from "vitest";
import type { ExecutorOptions } from "../../src/engine/engine.js";
import type { News } from "../../src/engine/news.js";
import { type EngineName, runOn, toolsOf } from "../engine/contract.js";
import { testWith } from "../support/tools.js";
import { type Spoken, scripted } from "./scripted.js";

const engines: readonly EngineName[] = ["fengari", "5.1", "5.4", "lua5.1", "lua5.4", "luajit"];

/** Runs a script in a debugger, and says what it told and wrote. */
async function debug(
  engine: EngineName,
  text: string,
  speak: (spoken: Spoken) => Promise<void>,
  options: Partial<ExecutorOptions> = {},
  onNews: (news: News) => void = () => {},
) {
  const all = { ...options, debug: scripted(speak) };
  const [ran] = await runOn(engine, { "main.lua": text }, [{ file: "main.lua" }], all, onNews);
  return { exit: ran?.exit, told: ran?.told };
}

/** What a debugger answers to a command that there is not. */
const unknown = "there is no command ";

/** All bytes but those that end a line, as they are, or escaped where a Lua text cannot have them. */
const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join("");
const escaped = bytes.replace(/[\0\n\r"\\]/g, (each) => `\\${String(each.charCodeAt(0)).padStart(3, "0")}`);

/**
 * In LuaJIT, what asks for orders is the collector, and in compiled code a timer. They go on for a moment, so that a pause nobody asked for
 * would be seen.
 */
const loops = [
  ["with garbage", "while not isOver do kept[1] = { kept[1] ~= nil } end"],
  ["without garbage", "while not isOver do kept[1] = not kept[1] end"],
  [
    "that nothing compiles, with garbage,",
    "if jit then jit.off() end while not isOver do kept[1] = { kept[1] ~= nil } end",
  ],
  [
    "that is not to be compiled, without garbage,",
    "if jit then jit.off(true) end while not isOver do kept[1] = not kept[1] end",
  ],
].map(([name, text]) => {
  const end = `local due = os.clock() + 0.2\nwhile os.clock() < due do kept[1] = { kept[1] ~= nil } end\nprint "over"\n`;
  return [name, `local kept = {}\n${text}\n${end}`] as const;
});

/** Nearly all that it does is to make coroutines, which a debugger hears of. It shows that it goes on. */
const manyCoroutines = `local kept, count = {}, 0
local function yielding() coroutine.yield() end
while not isOver do
  count = count + 1
  local co = coroutine.create(yielding)
  coroutine.resume(co)
  kept[count % 5000] = co
  if count % 1000 == 0 then print(count) end
end
`;

for (const engine of engines) {
  const test = testWith(...toolsOf(engine));

  test(`${engine}: a script is stopped before its first line, and at each that a step leads to`, async () => {
    const stops: unknown[] = [];
    const ran = await debug(engine, "local a = 1\nprint(a)\nprint(a + 1)\n", async ({ next, go }) => {
      await next("ready");
      for (const kind of ["in", "over", "continue"] as const) {
        go(kind);
        stops.push(await next("stopped"));
      }
    });
    expect(stops).toMatchObject([{ reason: "entry" }, { reason: "step" }, null]);
    expect(ran).toEqual({ exit: { kind: "returned" }, told: ["out: 1\n2\n"] });
  });

  test(`${engine}: lines have any bytes, are of any length, and come in their order`, async () => {
    const long = "long ".repeat(200_000);
    const replies: unknown[] = [];
    await debug(engine, "", async ({ next, program, line, go }) => {
      await next("ready");
      for (const each of [escaped, long, "last"]) program.send(`{request=1,command="${each}"}`);
      for (let count = 0; count < 3; count++) replies.push(JSON.parse((await line()) ?? ""));
      go("continue");
    });
    expect(replies).toEqual([bytes, long, "last"].map((each) => ({ request: 1, error: unknown + each })));
  });

  test(`${engine}: of requests in one line, also of one before the program is there, those with a number are answered`, async () => {
    const answers: unknown[] = [];
    const text = "local function named() return 1 end\nnamed()\nnamed()\n";
    const ran = await debug(engine, text, async ({ program, line, next }) => {
      const named = `{command="breakpoints",lines={},functions={{id=1,name="named"}}}`;
      program.send(
        `{{command="errors",mode="never"},${named},{request=7,command="go",go={kind="continue"}}}`,
      );
      answers.push((await next("ready"))?.event, JSON.parse((await line()) ?? ""), await next("stopped"));
      program.send(`{{command="none"},{request=8,command="threads"},{command="detach"}}`);
      answers.push(JSON.parse((await line()) ?? ""), await next("ended"));
    });
    expect(answers).toMatchObject([
      "ready",
      { request: 7, result: null },
      { reason: "breakpoint" },
      { request: 8, result: [{ id: 1 }] },
      { event: "ended" },
    ]);
    expect(ran.exit).toEqual({ kind: "returned" });
  });

  test(`${engine}: what a program has written by a stop comes before it`, async () => {
    const told: string[] = [];
    await debug(
      engine,
      "print(1)\nprint(2)\n",
      async ({ next, go }) => {
        await next("ready");
        go("in");
        await next("stopped");
        go("over");
        await next("stopped");
        told.push("stop");
        go("continue");
      },
      {},
      ({ kind }) => {
        if (kind === "output") told.push(kind);
      },
    );
    expect(told.slice(0, 2)).toEqual(["output", "stop"]);
  });

  test(`${engine}: a program goes on alone when nobody shows it any more`, async () => {
    const ran = await debug(engine, "print(1)\nprint(2)\n", async ({ next, go }) => {
      await next("ready");
      go("in");
      await next("stopped");
    });
    expect(ran).toEqual({ exit: { kind: "returned" }, told: ["out: 1\n2\n"] });
    expect(await debug(engine, "print(3)", async () => {})).toEqual({
      exit: { kind: "returned" },
      told: ["out: 3\n"],
    });
  });

  test(`${engine}: an abort ends a program that stands still`, async () => {
    const abort = new AbortController();
    const { signal } = abort;
    const speak = async ({ next, line }: Spoken) => {
      await next("ready");
      abort.abort();
      expect(await line()).toBe(null);
    };
    expect(await debug(engine, "print(1)", speak, { signal })).toMatchObject({
      exit: { kind: "interrupted" },
    });
  });

  test(`${engine}: an error that nothing catches stops a program, which then ends by it`, async () => {
    const stops: unknown[] = [];
    const ran = await debug(engine, "pcall(error, 1)\nerror 'no'\n", async ({ next, send, go }) => {
      await next("ready");
      send({ command: "errors", mode: "uncaught" });
      go("continue");
      stops.push(await next("stopped"));
      go("continue");
      stops.push(await next("stopped"));
    });
    expect(stops).toMatchObject([
      { reason: "error", message: expect.stringContaining("main.lua:2: no") },
      null,
    ]);
    expect(ran.exit).toMatchObject({ kind: "failed", message: expect.stringContaining("main.lua:2: no") });
  });

  test(`${engine}: a pause that is asked for while a request is read does the program no harm`, async () => {
    const files = Array.from({ length: 20_000 }, (_, index) => `no${index}`);
    const ran = await debug(engine, "print(1)\n", async ({ program, next, send, go }) => {
      await next("ready");
      send({ command: "skip", files });
      program.pause();
      go("continue");
      while ((await next("stopped")) !== null) go("continue");
    });
    expect(ran).toEqual({ exit: { kind: "returned" }, told: ["out: 1\n"] });
  });

  test(`${engine}: a program stops itself by a module, which does nothing where nobody debugs`, async () => {
    const text = 'local dbg = require "luacov-ts.dbg"\ndbg(false)\nprint(dbg(1, nil))\n';
    const stops: unknown[] = [];
    const ran = await debug(engine, text, async ({ next, go }) => {
      await next("ready");
      go("continue");
      stops.push(await next("stopped"));
      go("continue");
      stops.push(await next("stopped"));
    });
    expect(stops).toMatchObject([{ reason: "dbg" }, null]);
    const [alone] = await runOn(engine, { "main.lua": text }, [{ file: "main.lua" }]);
    expect({ exit: alone?.exit, told: alone?.told }).toEqual(ran);
  });

  test.for(loops)(`${engine}: an endless loop %s stands still when that is asked for`, async ([, text]) => {
    const stops: unknown[] = [];
    const ran = await debug(engine, text, async ({ program, next, send, go }) => {
      await next("ready");
      go("continue");
      for (const round of [1, 2]) {
        program.pause();
        stops.push(await next("stopped"));
        if (round === 2) send({ command: "evaluate", text: "isOver = true", depth: 0, thread: 1, frame: 1 });
        go("continue");
      }
      stops.push(await next("stopped"));
    });
    expect(stops).toMatchObject([{ reason: "pause" }, { reason: "pause" }, null]);
    expect(ran).toEqual({ exit: { kind: "returned" }, told: ["out: over\n"] });
  });

  test(`${engine}: where the collector works all the time, a loop stands still each time that is asked for`, async () => {
    const text = `collectgarbage("setpause", 0)\nlocal count = 0\nwhile not isOver do count = count + 1 end\n`;
    const stops: unknown[] = [];
    await debug(engine, text, async ({ program, next, answer, go }) => {
      await next("ready");
      for (let round = 0; round < 10; round++) {
        go("continue");
        program.pause();
        stops.push(await next("stopped"));
      }
      await answer({ command: "evaluate", text: "isOver = true", depth: 0, thread: 1, frame: 1 });
      go("continue");
    });
    expect(stops).toMatchObject(Array(10).fill({ reason: "pause" }));
  });

  test(`${engine}: a program with thousands of coroutines stands still each time that is asked for, and only then`, async () => {
    let onOutput = () => {};
    let thread = 1;
    const output = () => new Promise<void>((resolve) => (onOutput = resolve));
    const stops: unknown[] = [];
    await debug(
      engine,
      manyCoroutines,
      async ({ program, next, answer, go }) => {
        await next("ready");
        for (let round = 0; round < 5; round++) {
          const goesOn = output();
          go("continue");
          await goesOn;
          program.pause();
          const stop = await next("stopped");
          stops.push(stop);
          if (stop?.event === "stopped") thread = stop.thread;
        }
        await answer({ command: "evaluate", text: "_G.isOver = true", depth: 0, thread, frame: 1 });
        go("continue");
        stops.push(await next("stopped"));
      },
      {},
      ({ kind }) => {
        if (kind === "output") onOutput();
      },
    );
    expect(stops).toMatchObject([...Array(5).fill({ reason: "pause" }), null]);
  });

  test(`${engine}: a step from where a program stands in the middle of a line leads to another line`, async () => {
    const text =
      "local count = 0\nwhile not isOver do\n  count = count + 1\n  count = count * 3 % 1009\n  count = count - 1\nend\n";
    const lines: number[][] = [];
    await debug(engine, text, async ({ program, next, answer, go }) => {
      const line = async () => {
        await next("stopped");
        const { frames } = await answer({ command: "frames", thread: 1, start: 1, count: 1 });
        return frames[0]?.line ?? 0;
      };
      await next("ready");
      for (let round = 0; round < 5; round++) {
        go("continue");
        program.pause();
        const paused = await line();
        go("over");
        lines.push([paused, await line()]);
      }
      await answer({ command: "evaluate", text: "isOver = true", depth: 0, thread: 1, frame: 1 });
      go("continue");
    });
    expect(lines).toHaveLength(5);
    for (const [paused = 0, stepped] of lines)
      expect([2, 3, 4, 5].filter((each) => each !== paused)).toContain(stepped);
  });
}
