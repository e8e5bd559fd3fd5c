-- Command lines: argparse, cliargs and Penlight's lapp.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local argparse = require "argparse"
-- Help is printed, and ends the program.
function print() end
function os.exit() error "exit" end

local function build()
  local parser = argparse("script", "An example.", "See also the manual."):usage_max_width(60)
  parser:argument("input", "Input file."):args "1-2"
  parser:argument "rest":args "*":convert(tonumber)
  parser:option("-o --output", "Output.", "a.out")
  parser:option "-I --include":count "*":argname "<dir>"
  parser:option "--pair":args(2):argname { "<key>", "<value>" }
  parser:option "-l --level":choices { "low", "high" }:init "low"
  parser:option "--from":args "?":action "concat"
  parser:flag("-v --verbose"):count "0-2":target "verbosity"
  parser:flag "-q --quiet":action(function(result, key) result[key] = "called" end)
  parser:mutex(parser:flag "--on", parser:flag "--off")
  parser:group("Special", parser:option "--special":hidden(true), parser:flag "--other":description(("word "):rep(30)))
  parser:add_help "-h --help":add_help_command()
  local install = parser:command("install i", "Install a rock."):require_command(false)
  install:argument "rock":convert { x = 1, y = 2 }
  install:option "-f --from":overwrite(false)
  parser:command("remove"):summary "Remove.":handle_options(false):command_target "what":argument "name"
  parser:require_command(false):command_target "command"
  return parser
end

local lines = {
  "", "a", "a b", "a b 1 2", "a -o x", "a --output=x", "a -ox", "a -o", "a -I x -I y", "a --pair k v", "a --pair k",
  "a -l high", "a -l middle", "a -v", "a -vv", "a -vvv", "a -qv", "a --on", "a --on --off", "a --outptu x", "a --unknown",
  "a -x", "-h", "--help", "help", "help install", "a b install x", "a b i z", "a b install", "a b remove n --deep", "a -- -b",
  "a --from", "a --from x", "a --special 1 --other", "a --on=1", "a b x", "a --", "a -", "a b c --from q",
}
for _, line in ipairs(lines) do
  local words = {}
  for word in line:gmatch "%S+" do words[#words + 1] = word end
  pcall(build().pparse, build(), words)
end
local parser = build()
assert(parser:get_usage():match "Usage: script" and parser:get_help():match "Input file")
parser:help_max_width(50):help_usage_margin(4):help_description_margin(20)
parser:help_vertical_space(1)
assert(parser:get_help())
for _, shell in ipairs { "bash", "zsh", "fish" } do
  local complete = parser["get_" .. shell .. "_complete"]
  if complete then assert(complete(parser)) end
end
parser:add_complete():add_complete_command()
for _, bad in ipairs { { "args", "x" }, { "count", {} }, { "name", 5 }, { "convert", 1 }, { "action", {} } } do
  pcall(function() argparse "p":option "-x"[bad[1]](bad[2]) end)
  pcall(function() return argparse "p":option "-x"[bad[1]](argparse "p":option "-x", bad[2]) end)
end

local cli = require "cliargs.core" ()
cli:set_name "tool"
cli:set_description "Does things."
cli:argument("IN", "the input")
cli:splat("MORE", "more input", "none", 3)
cli:option("-o, --output=FILE", "output", "x.txt")
cli:option("-k=VALUE", "short only", nil, function(key, value) return value ~= "bad" or nil, "bad value" end)
cli:option("--list=[A,B]", "a list", {})
cli:flag("-v, --[no-]verbose", "talk", true)
cli:flag("-V, --version", "version", false, function() end)
cli:command("run", "runs"):argument("X", "an x"):action(function(options) return options end)
for _, line in ipairs {
  "", "in", "in a b c", "in a b c d e", "in -o y", "in --output y", "in --output=y", "in --no-verbose", "in -v", "in -k=1",
  "in -k bad", "in --unknown", "in -z", "run 5", "run", "in --", "in -- -x", "in --list=1,2", "-V", "in -o",
} do
  local words = {}
  for word in line:gmatch "%S+" do words[#words + 1] = word end
  pcall(cli.parse, cli, words)
end
pcall(cli.print_help, cli)
assert(cli.printer and cli.printer.generate_help() and cli.printer.generate_usage())
for _, pair in ipairs { { "" }, { "-x" }, { 5 }, { "-o, --output", 5 }, { "--x=Y" }, { "-x --long" } } do
  pcall(cli.option, cli, pair[1], pair[2])
  pcall(cli.flag, cli, pair[1], pair[2])
  pcall(cli.argument, cli, pair[1], pair[2])
end

local lapp = require "pl.lapp"
lapp.show_usage_error = "throw"
local usage = [[
Tests options.
  -v,--verbose         a flag
  -n,--number (default 10)  a number
  -r,--range (1..5 default 2)
  -m,--mode (fast|slow default fast)
  -s,--string (string)
  --many (optional string...)
  <file> (string) a file
  <numbers...> (default 1)
]]
for _, line in ipairs {
  "-s x f", "-s x -v f 1 2", "f", "-s x -n 5 f", "-s x -n z f", "-s x -r 9 f", "-s x -m slow f", "-s x -m none f", "-sx f",
  "--string=x f", "--unknown f", "-s", "-vs x f", "-s x --many a f", "-s x f 1 b",
} do
  local words = {}
  for word in line:gmatch "%S+" do words[#words + 1] = word end
  pcall(lapp, usage, words)
end
