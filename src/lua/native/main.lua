-- What a native Lua is started with: `lua main.lua JOB`, where JOB is a Lua file that returns what to run, and where to
-- tell of it; Neovim, which would edit that file, has its name in a variable. An embedded Lua of PUC-Rio's gets a text in place of that file, and a table of the engine's functions, which
-- are C functions to Lua:
--
-- - `call(primitive, ...)`: calls one of the host's primitives;
-- - `send(line)`: takes the lines of our news;
-- - `keep(f)`: keeps what to do when the program is to end;
-- - `modules(f)`: `f` gives the loader of a module that is built in, by its name;
-- - `export(f)`: `f` as a C function, ended by `argerror(n, text)`, `typeerror(n, expected)` or `raise(text)`;
-- - `standIn(kind, original, f)`: a C function in the place of C's `original`, which it calls where `f` returns nothing; by its kind,
--   what `f` returns is the "result", or a "chunk" to call; or `original` is a "closure", or may have a "reader" to call;
-- - `hide(f)`: has no hook of the program see `f`, nor what it calls;
-- - `code(name)`: what `keepCode(name, bytecode)` has kept in an earlier program on the same thread, or nothing;
-- - `read(name, place, length)`: what is in a file, or so many bytes of it from a place on, or nothing;
-- - `handle()`: a new userdata without a metatable; `descriptor(file)`: the number of the stream of an open file;
-- - `debugging`: where somebody debugs, the channel of debug/start; else nil;
-- - `trusted`: in a sandbox, a table of `open`, `rename` and `remove` that write counters of ours; else nil.
--
-- Chunks of ours are named as C is, so that none of them is taken for a place in the program.

local given, engine = ...
-- A library that is built in is loaded when a program asks for it, which may have changed all of these.
local open, load, loadstring, setfenv, assert, globals = io.open, load, loadstring, setfenv, assert, _G
local folder = debug.getinfo(1, "S").source:match "^@(.*)native[/\\]" or "../"

-- The main function of a file; `environment` may be nil.
local function chunkOf(name, environment)
  local file = assert(open(name, "rb"))
  local text = file:read "*a"
  file:close()
  if not setfenv then return assert(load(text, "=[C]", "t", environment or globals)) end
  local main = assert(loadstring(text, "=[C]"))
  return environment and setfenv(main, environment) or main
end

-- What a file of ours is before it runs.
local function own(name, environment)
  return chunkOf(folder .. name .. ".lua", environment)
end

local start, job = own "native/start", nil
if engine then job = (loadstring or load)(given, "=job")()
else
  -- Some hosts give a script its arguments in `arg` alone. Neovim, by another name than its own, has them in a list of its own, and goes on
  -- after a script until somebody ends it.
  local vim, named = rawget(_G, "vim"), os.getenv "LUACOV_TS_JOB"
  local arguments = rawget(_G, "arg") or named and { named } or vim and vim.fn.argv()
  if vim then vim.cmd "autocmd VimEnter * ++nested qall!" end
  job = chunkOf(given or arguments[1])()
end

-- A tail call takes this file from the stack; in 5.1 it would leave a level without a function there.
if rawlen or rawget(globals, "jit") then return start(own, job, engine) end
start(own, job, engine)
