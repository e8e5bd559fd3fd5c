import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { agent, expectSame, makeProject } from "./agent.js";

const start = ["nvim", "--cmd", `lua if vim.env.LUACOV_TS_FOLDER then dofile [[${agent}]] end`];
const runParent = [...start, "--headless", "--clean", "-c", "luafile parent.lua", "-c", "qa!"];

const runChild = '{ "--headless", "--clean", "-c", "luafile child.lua", "-c", "qa!" }';

/** How Lua in Neovim starts another one with RUN_CHILD, and waits for it. */
const ways: Readonly<Record<string, string>> = {
  "uv.spawn": `local uv, ended = vim.uv or vim.loop, false
uv.spawn(vim.v.progpath, { args = RUN_CHILD }, function() ended = true end)
vim.wait(20000, function() return ended end)
`,
  "uv.spawn by name, with variables": String.raw`local uv, ended = vim.uv or vim.loop, false
local env = {}
for name, value in pairs(vim.fn.environ()) do env[#env + 1] = name .. "=" .. value end
local options = { args = RUN_CHILD, env = env, cwd = "." }
uv.spawn("nvim", options, function() ended = true end)
vim.wait(20000, function() return ended end)
io.stdout:write(#options.args, " arguments\n")
`,
  jobstart: "vim.fn.jobwait { vim.fn.jobstart(vim.list_extend({ vim.v.progpath }, RUN_CHILD)) }\n",
  system: 'io.stdout:write(vim.fn.system(vim.list_extend({ "nvim" }, RUN_CHILD)))\n',
  systemlist: 'io.stdout:write(vim.fn.systemlist(vim.list_extend({ "nvim" }, RUN_CHILD))[1], "\\n")\n',
};

for (const [name, text] of Object.entries(ways)) {
  testWith("nvim")(`a Neovim that Neovim starts by ${name} is measured`, () => {
    const files = {
      "child.lua": 'local text = "child"\nio.stdout:write(text, "\\n")\n',
      "parent.lua": text.replace("RUN_CHILD", runChild),
    };
    const project = makeProject(files);
    expectSame(project, runParent);
    expect(project.lines("child.lua")).toEqual({ 1: 1, 2: 1 });
    expect(project.ends()).toEqual(["end", "end"]);
  });
}

testWith("nvim")("what Neovim starts otherwise is started as without us, and errors are the same", () => {
  const text = String.raw`local uv = vim.uv or vim.loop
local full = { "nvim", "--headless", "--clean" }
for index = 1, 10 do vim.list_extend(full, { "--cmd", "let g:count = " .. index }) end
io.stdout:write(vim.fn.system(vim.list_extend(full, { "-c", "echo g:count", "-c", "qa!" })), "\n")
io.stdout:write(vim.fn.system { "echo", "a list" }, vim.fn.system "echo nvim")
local function tell(fn) io.stdout:write(tostring((select(2, pcall(fn)))), "\n") end
tell(function() uv.spawn() end)
tell(function() uv.spawn("nvim", 5) end)
tell(function() uv.spawn("nvim", { args = 5 }) end)
tell(function() uv.spawn(5, {}) end)
tell(function() vim.fn.jobstart {} end)
tell(function() vim.fn.jobstart { "nvim-that-is-not-there" } end)
tell(function() return uv.spawn("/not/there/nvim", { args = {} }) end)
`;
  const project = makeProject({ "parent.lua": text });
  const { stdout } = expectSame(project, runParent);
  expect(stdout).toContain("a list\nnvim\n");
  expect(project.ends()).toEqual(["end"]);
});
