import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../command.js";
import { testWith, toolPath } from "../../support/tools.js";
import { startEditor } from "./editor.js";

const folder = path.join(root, "examples/debug");
type Configuration = { readonly name: string; readonly request: string };
const { configurations }: { readonly configurations: readonly Configuration[] } = JSON.parse(
  readFileSync(path.join(folder, ".vscode/launch.json"), "utf8").replaceAll(/\$\{workspaceFolder\}/g, folder),
);
const ends: Readonly<Record<string, RegExp>> = {
  "All tests": /ok a cart adds up what is in it.*\nok a cart takes a discount off/,
  "One test, in Lua 5.4": /ok a cart takes a discount off \(5\.4\)/,
  "A file, from its first line on": /src\/cart\.lua in Lua 5\.3/,
};

const launching = configurations.filter(({ request }) => request === "launch");
test.for(launching)("the example's configuration %o does what its name says", async (configuration) => {
  const editor = startEditor(root);
  await editor.ask("initialize", { adapterID: "luacov-ts" });
  const launched = editor.ask("launch", configuration);
  const source = { path: path.join(folder, "src/cart.lua") };
  await editor.ask("setBreakpoints", { source, breakpoints: [{ line: 16 }] });
  await editor.ask("configurationDone");
  await launched;
  const { reason } = await editor.event("stopped");
  expect(reason).toBe(configuration.name.startsWith("A file") ? "entry" : "breakpoint");
  await editor.ask("setBreakpoints", { source, breakpoints: [] });
  await editor.ask("continue", { threadId: 1 });
  expect((await editor.event("exited")).exitCode).toBe(0);
  expect(editor.output("console")).toMatch(ends[configuration.name] ?? /^$/);
  await editor.ask("disconnect");
});

testWith("luajit")("the example's file for nvim-dap registers what starts the command", () => {
  const script = [
    "local dap = { adapters = {}, configurations = {} }",
    "package.preload.dap = function() return dap end",
    `dofile ${JSON.stringify(path.join(folder, "nvim-dap.lua"))}`,
    'local adapter = dap.adapters["luacov-ts"]',
    'print(adapter.type, adapter.command, table.concat(adapter.args, " "), #dap.configurations.lua)',
  ].join("\n");
  const output = execFileSync(toolPath("luajit"), ["-e", script], { encoding: "utf8" });
  expect(output).toBe("executable\tnpx\tluacov-ts dap\t4\n");
});
