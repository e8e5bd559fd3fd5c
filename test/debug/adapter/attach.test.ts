import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../command.js";
import { toolsOf } from "../../engine/contract.js";
import { makeProject } from "../../support/project.js";
import { testWith } from "../../support/tools.js";
import { debuggingWith } from "./debugging.js";
import { connectEditor, type Editor, startEditor } from "./editor.js";

/** A run that editors may join. */
interface Listening {
  readonly folder: string;
  readonly given: { readonly port: number; readonly token: string };
  /** Its exit code, and what the program wrote. */
  readonly end: Promise<{ readonly code: number | null; readonly output: string }>;
}

async function listen(files: Readonly<Record<string, string>>, ...args: string[]): Promise<Listening> {
  const folder = makeProject(files);
  const child = spawn(
    process.execPath,
    [path.join(root, "bin/luacov-ts.js"), "debug", "--listen", "0", ...args],
    {
      cwd: folder,
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  onTestFinished(() => {
    child.kill();
  });
  child.stdin.end("from input\n");
  const output = text(child.stdout);
  const end = once(child, "close").then(async ([code]) => ({ code, output: await output }));
  const [line]: string[] = await once(createInterface(child.stderr), "line");
  const [, port, token = ""] =
    /port (\d+) of this machine, with "token": "([0-9a-f]{32})"/.exec(line ?? "") ?? [];
  return { folder, given: { port: Number(port), token }, end };
}

/** Attaches, with breakpoints in lines of a file. */
async function attach(
  editor: Editor,
  { folder, given }: Listening,
  file: string,
  lines: readonly number[],
  more: object = {},
) {
  await editor.ask("initialize", { adapterID: "luacov-ts" });
  await editor.event("initialized");
  await editor.ask("attach", { ...given, ...more });
  const debugging = debuggingWith(editor, folder);
  await debugging.breakAt(file, ...lines);
  await editor.ask("configurationDone");
  return debugging;
}

const loop = `local n, isOver = 0, false
local function count()
  n = n + 1
end
while not isOver do
  count()
end
print(io.read())
`;

for (const lua of ["fengari", "5.4", "lua5.1", "luajit"] as const) {
  testWith(...toolsOf(lua))(
    `${lua}: one editor after the other joins a run, which goes on without them`,
    async () => {
      const run = await listen({ "app.lua": loop }, "--lua", lua, "app.lua");
      const first = await attach(connectEditor(run.given.port), run, "app.lua", [3]);
      expect((await first.editor.event("stopped")).reason).toBe("breakpoint");
      expect(await first.stack()).toMatchObject(["app.lua:3 function 'count'", "app.lua:6 main chunk"]);
      await first.editor.ask("disconnect");
      await first.editor.exit;
      const second = await attach(startEditor(run.folder), run, "app.lua", [6]);
      expect((await second.editor.event("stopped")).reason).toBe("breakpoint");
      expect(await second.evaluate("n > 1", "watch")).toBe("true");
      await second.evaluate("isOver = true", "repl");
      await second.editor.ask("continue", { threadId: 1 });
      expect(await second.end()).toBe(0);
      await second.editor.ask("disconnect");
      await second.editor.exit;
      // Its standard input is its own.
      expect(await run.end).toEqual({ code: 0, output: "from input\n" });
    },
  );
}

test("a run that waits for no editor stops where one wants it, and ends with it if that is wanted", async () => {
  const run = await listen({ "app.lua": loop }, "--no-wait", "app.lua");
  const { editor, stack } = await attach(startEditor(run.folder), run, "app.lua", [], { stopOnEntry: true });
  expect((await editor.event("stopped")).reason).toBe("pause");
  expect((await stack()).at(-1)).toMatch(/main chunk$/);
  await editor.ask("disconnect", { terminateDebuggee: true });
  expect((await run.end).output).toBe("");
});

test("what editors change is in the log of a run that they join", async () => {
  const flags = ["--no-wait", "--log", "changes.log"];
  const run = await listen({ "app.lua": loop }, ...flags, "app.lua");
  const editor = connectEditor(run.given.port);
  const { evaluate } = await attach(editor, run, "app.lua", [6]);
  await editor.event("stopped");
  await evaluate("1 + 1", "repl");
  await evaluate("n = 99", "repl");
  await editor.ask("disconnect", { terminateDebuggee: true });
  await run.end;
  expect(readFileSync(path.join(run.folder, "changes.log"), "utf8")).toBe(
    "Changed in the program:\n! app.lua:6 in main chunk: n = 99\n",
  );
});

test("tests are joined file by file, and a second editor is refused", async () => {
  const spec = 'it("works", function()\n  assert.is_true(true)\nend)\n';
  const run = await listen({ "spec/a_spec.lua": spec, "spec/b_spec.lua": spec }, "spec");
  const { editor, end, stack } = await attach(connectEditor(run.given.port), run, "spec/b_spec.lua", [2]);
  await editor.event("stopped");
  expect((await stack())[0]).toMatch(/^b_spec\.lua:2/);
  const other = connectEditor(run.given.port);
  await other.ask("initialize", { adapterID: "luacov-ts" });
  await expect(other.ask("attach", run.given)).rejects.toThrow(/^Another editor is attached/);
  await other.exit;
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
  expect((await run.end).code).toBe(0);
});

const refused = [
  [{ token: "guessed" }, /^"token" in the configuration/],
  [{ token: undefined }, /^A configuration that attaches has the "port" and "token"/],
  [{ host: "example.org" }, /^"host" can only be this machine/],
  [{ port: 1 }, /^No run of luacov-ts debug --listen is to be had at port 1 of this machine/],
  [{ port: "0.5" }, /^The request cannot be read at port/],
] as const;

test("an editor that attaches in a wrong way is refused, in a sentence, and may try again", async () => {
  const run = await listen({ "app.lua": "print(1)\n" }, "app.lua");
  const editor = startEditor(run.folder);
  await editor.ask("initialize", { adapterID: "luacov-ts" });
  for (const [given, sentence] of refused)
    await expect(editor.ask("attach", { ...run.given, ...given })).rejects.toThrow(sentence);
  // Some editors have texts for numbers.
  await editor.ask("attach", { ...run.given, port: String(run.given.port) });
  await editor.ask("configurationDone");
  expect((await run.end).output).toBe("1\n");
});
