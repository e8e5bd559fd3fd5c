import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { exitCode, runCli, startCli } from "../../support/cli.js";
import { coverageIn, linesOf } from "../../support/cover.js";
import { makeFolder } from "../../support/folder.js";
import { testWith, toolPath } from "../../support/tools.js";

const rules = `local M = {}
function M.score(n)
  if n > 5 then
    return 10
  end
  return 1
end
return M
`;

const scoredOnce = [1, 1, 1, 0, null, 1, null, 1];

/** What a program that is measured without a report has said, and its folder. */
async function covered(files: Readonly<Record<string, string>>, command: readonly string[]) {
  const folder = makeFolder(files);
  const { code, stdout, stderr } = await runCli(folder, ["--reporter", "none", "cover", "--", ...command], {
    SDL_VIDEODRIVER: "dummy",
    SDL_AUDIODRIVER: "dummy",
  });
  return { folder, code, stdout, stderr, lines: (file: string) => linesOf(coverageIn(folder), file) };
}

testWith("nvim")("Neovim needs no line of its own where it is the command", async () => {
  const files = { "rules.lua": rules, "t.lua": `io.stdout:write(require("rules").score(1), "\\n")\n` };
  const args = [
    "--headless",
    "--clean",
    "--cmd",
    "lua package.path = './?.lua'",
    "-c",
    "luafile t.lua",
    "-c",
    "cq 3",
  ];
  const ran = await covered(files, [toolPath("nvim"), ...args]);
  expect([ran.code, ran.stdout, ran.lines("rules.lua"), ran.lines("t.lua")]).toEqual([
    3,
    "1\n",
    scoredOnce,
    [1],
  ]);
});

testWith("nvim", "make")(
  "Neovim needs no line of its own where something else starts it by its name",
  async () => {
    const files = {
      "rules.lua": rules,
      "t.lua": `io.stdout:write(require("rules").score(1), "\\n")\n`,
      Makefile:
        "test:\n\t@nvim --headless --clean --cmd \"lua package.path = './?.lua'\" -c 'luafile t.lua' -c 'cq 3'\n",
    };
    const ran = await covered(files, ["make", "test"]);
    expect([ran.code, ran.stdout, ran.lines("rules.lua"), ran.lines("t.lua")]).toEqual([
      2,
      "1\n",
      scoredOnce,
      [1],
    ]);
  },
);

const agentFirst = `local agent = os.getenv "LUACOV_TS_AGENT" if agent then dofile(agent) end\n`;

/** Ends of a LÖVE game, and the exit code of each. */
const ends = [
  ["love.event.quit(3)", 3],
  ["os.exit(4)", 4],
  [`error "failed"`, 1],
] as const;

for (const [end, code] of ends) {
  testWith("love")(`what LÖVE loads is measured, and it leaves its counters at ${end}`, async () => {
    const ran = await covered(
      {
        "conf.lua": `${agentFirst}function love.conf(t)
  t.window = false
  for _, name in ipairs { "audio", "graphics", "window", "sound", "joystick" } do t.modules[name] = false end
end
`,
        "main.lua": `local rules = require "src.rules"
function love.load()
  print(rules.score(1), love.filesystem.load "src/level.lua"())
end
function love.update()
  ${end}
end
`,
        "src/rules.lua": rules,
        "src/level.lua": `return "level"\n`,
      },
      [toolPath("love"), "."],
    );
    expect([ran.code, ran.stdout.split("\n")[0]]).toEqual([code, "1\tlevel"]);
    expect(ran.lines("src/rules.lua")).toEqual(scoredOnce);
    expect(ran.lines("src/level.lua")).toEqual([1]);
    expect(ran.lines("main.lua")).toEqual([1, 1, 1, null, 1, 1]);
  });
}

const server = `local fiber = require "fiber"
local rules = require "src.rules"
fiber.create(function()
  fiber.sleep(0.01)
  print(rules.score(1))
  io.stdout:flush()
  END
end)
`;

for (const [end, code] of [
  ["os.exit(4)", 4],
  ["fiber.sleep(100)", 0],
] as const) {
  testWith("tarantool")(`a script of Tarantool is measured until ${end}`, async () => {
    const folder = makeFolder({ "main.lua": server.replace("END", end), "src/rules.lua": rules });
    const child = startCli(folder, [
      "--reporter",
      "none",
      "cover",
      "--",
      toolPath("tarantool"),
      "main.lua",
      "a",
    ]);
    const errors = text(child.stderr);
    child.stdout.once("data", () => {
      if (code === 0) child.kill("SIGTERM");
    });
    expect([await exitCode(child), await errors]).toEqual([code, expect.not.stringContaining("WARNING")]);
    expect(linesOf(coverageIn(folder), "src/rules.lua")).toEqual(scoredOnce);
  });
}

testWith("tarantool")("a script of Tarantool that fails is measured until then", async () => {
  const files = { "main.lua": `require("src.rules").score(1)\nerror "failed"\n`, "src/rules.lua": rules };
  const ran = await covered(files, [toolPath("tarantool"), "main.lua"]);
  expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining("main.lua:2: failed")]);
  expect([ran.lines("src/rules.lua"), ran.lines("main.lua")]).toEqual([scoredOnce, [1, 1]]);
});
