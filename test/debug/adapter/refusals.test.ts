import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { root, startNode } from "../../command.js";
import { makeProject } from "../../support/project.js";
import { launch } from "./debugging.js";
import { connectEditor, startEditor } from "./editor.js";

const app = { "app.lua": "local text = 'a'\nprint(text)\n" };

test.for([
  [{ program: "app.lua", sandbox: true }, /^A debugger writes any variable .* --sandbox/],
  [{}, /^A launch configuration has "program"/],
  [{ program: "app.lua", tests: [] }, /^A launch configuration has "program"/],
  [
    { program: "app.lua", skipFiles: ["["] },
    /^The request cannot be read at skipFiles\.0: "\[" cannot be used as a Lua pattern: malformed/,
  ],
  [{ program: "app.lua", filter: ["%"] }, /^The request cannot be read at filter\.0: "%" cannot be used/],
  [{ program: 1 }, /^The request cannot be read at program: Invalid type/],
  [{ program: "none.lua" }, /none\.lua/],
  [{ program: "app.lua", log: "none/changes.log" }, /none\/changes\.log/],
  [{ program: "app.lua", cwd: "none" }, /^"cwd" in the launch configuration is no folder: none/],
  [{ program: "app.lua", lua: "lua9" }, /lua9/],
] as const)("a launch with %o fails, in a sentence", async ([configuration, sentence]) => {
  const editor = startEditor(makeProject(app));
  await editor.ask("initialize", { adapterID: "luacov-ts" });
  await expect(editor.ask("launch", configuration)).rejects.toThrow(sentence);
  await editor.ask("disconnect");
  expect(await editor.exit).toBe(0);
});

test("what cannot be answered is refused, and the session goes on", async () => {
  const { editor, folder, end } = await launch({
    files: app,
    launch: { program: "app.lua" },
    breakpoints: { "app.lua": [2] },
  });
  const refused = (command: string, given?: object) =>
    expect(editor.ask(command, given).then(() => "answered", String)).resolves;
  const { threadId } = await editor.event("stopped");
  await refused("attach", { port: 1, token: "" }).toMatch(/^Error: A run goes on already/);
  await refused("scopes", { frameId: 99 }).toMatch(/This call is gone/);
  await refused("variables", { variablesReference: 99 }).toMatch(/These variables are gone/);
  await refused("source", { sourceReference: 9 }).toMatch(/There is no text of/);
  await refused("evaluate", { expression: "(", context: "repl" }).toMatch(/unexpected symbol/);
  const none = await editor.ask("setBreakpoints", {
    source: { path: path.join(folder, "none.lua") },
    breakpoints: [{ line: 1 }],
  });
  expect(none.breakpoints).toMatchObject([
    { verified: false, message: "There is no such file, and no text of that name was loaded" },
  ]);
  const source = { path: path.join(folder, "app.lua") };
  const { breakpoints } = await editor.ask("breakpointLocations", { source, line: 1, endLine: 9 });
  expect(breakpoints).toEqual([{ line: 1 }, { line: 2 }]);
  await editor.ask("continue", { threadId });
  expect(await end()).toBe(0);
  await refused("evaluate", { expression: "1" }).toMatch(/The program runs/);
  await refused("pause", { threadId }).toMatch(/The program is over/);
});

test("an editor that counts from 0, and knows pages, is answered so", async () => {
  const { editor, breakAt, end } = await launch({
    files: { "app.lua": "local many = {}\nfor i = 1, 250 do many[i] = i end\nprint(#many)\n" },
    launch: { program: "app.lua" },
    client: { linesStartAt1: false, columnsStartAt1: false, supportsVariablePaging: true },
    breakpoints: { "app.lua": [2] },
  });
  await editor.event("stopped");
  expect(await breakAt("app.lua", 2)).toEqual(["line 2"]);
  const { stackFrames } = await editor.ask("stackTrace", { threadId: 1 });
  expect(stackFrames).toMatchObject([{ line: 2, column: 0, presentationHint: "normal" }]);
  const { scopes } = await editor.ask("scopes", { frameId: stackFrames[0]?.id ?? 0 });
  const { variables } = await editor.ask("variables", {
    variablesReference: scopes[0]?.variablesReference ?? 0,
  });
  expect(variables).toMatchObject([{ name: "many", indexedVariables: 250 }]);
  const ofMany = { variablesReference: variables[0]?.variablesReference ?? 0 };
  const part = await editor.ask("variables", { ...ofMany, filter: "indexed", start: 200, count: 2 });
  expect(part.variables.map(({ name, value }) => `${name} = ${value}`)).toEqual([
    "[201] = 201",
    "[202] = 202",
  ]);
  const named = await editor.ask("variables", { ...ofMany, filter: "named" });
  expect(named.variables).toEqual([]);
  const { targets } = await editor.ask("completions", { text: "man", column: 3 });
  expect(targets).toEqual([{ label: "many", start: 0, length: 3 }]);
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
});

test("without a debugger the same runs to its end", async () => {
  const { editor, end } = await launch({
    files: app,
    launch: { program: "app.lua", noDebug: true, stopOnEntry: true },
  });
  expect(await end()).toBe(0);
  expect(editor.output("stdout")).toBe("a\n");
});

test("an editor that is gone leaves no program behind", async () => {
  const { editor } = await launch({
    files: app,
    launch: { program: "app.lua", stopOnEntry: true },
  });
  await editor.event("stopped");
  editor.leave();
  expect(await editor.exit).toBe(0);
});

test("on a port an editor has to know the token", async () => {
  const child = spawn(process.execPath, [path.join(root, "bin/luacov-ts.js"), "dap", "--port", "0"], {
    cwd: makeProject(app),
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill();
  });
  const [line]: string[] = await once(createInterface(child.stdout), "line");
  const [, port, token] = /127\.0\.0\.1:(\d+), with "token": "([0-9a-f]{32})"$/.exec(line ?? "") ?? [];
  for (const given of [{}, { token: "guessed" }]) {
    const stranger = connectEditor(Number(port));
    await stranger.ask("initialize", { adapterID: "luacov-ts" });
    const launched = stranger.ask("launch", { program: "app.lua", ...given });
    await expect(launched).rejects.toThrow(/^"token" in the configuration/);
    await stranger.exit;
  }
  const editor = connectEditor(Number(port));
  await editor.ask("initialize", { adapterID: "luacov-ts" });
  await editor.ask("configurationDone");
  await editor.ask("launch", { program: "app.lua", token });
  await editor.event("terminated");
  expect(editor.output("stdout")).toBe("a\n");
  await editor.ask("disconnect");
  await editor.exit;
});

const strange = ["null", "[]", "1", '{"type":"request","seq":1}', '{"type":1}', "{bad}"];

test("what is no message ends the session of who sends it, and no other one", async () => {
  const child = spawn(process.execPath, [path.join(root, "bin/luacov-ts.js"), "dap", "--port", "0"], {
    cwd: makeProject(app),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill();
  });
  const [line]: string[] = await once(createInterface(child.stdout), "line");
  const [, port, token] = /127\.0\.0\.1:(\d+), with "token": "([0-9a-f]{32})"$/.exec(line ?? "") ?? [];
  const said = createInterface(child.stderr)[Symbol.asyncIterator]();
  for (const text of strange) {
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
    await once(socket.resume(), "close");
    expect((await said.next()).value).toMatch(
      /^An editor sent what is no message of the Debug Adapter Protocol/,
    );
  }
  const editor = connectEditor(Number(port));
  await editor.ask("initialize", { adapterID: "luacov-ts" });
  await editor.ask("configurationDone");
  await editor.ask("launch", { program: "app.lua", token });
  await editor.event("terminated");
  await editor.ask("disconnect");
});

test.for([
  [["--port", "x"], /^ERROR: --port takes a number up to 65535/],
  [["--port", "65536"], /^ERROR: --port takes a number up to 65535/],
  [["app.lua"], /^ERROR: dap takes --port N and nothing else/],
] as const)("dap %o is refused", ([args, sentence]) => {
  const { code, output } = startNode(["bin/luacov-ts.js", "dap", ...args]);
  expect(output).toMatch(sentence);
  expect(code).toBe(2);
});
