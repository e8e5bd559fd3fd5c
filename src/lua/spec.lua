-- Runs the specs of a file as busted does, with nothing of busted's.

local platform = ...

local core = platform.import "spec/core"()
local newBlocks = platform.import "spec/blocks"
local defineElements = platform.import "spec/elements"
local defineFilters = platform.import "spec/filters"
local defineResults = platform.import "spec/results"
local newModules = platform.import "spec/modules"
local neovim = platform.import "spec/surroundings/neovim"
local addLaterFunctions = platform.import "spec/surroundings/compatibility"
local tolerateDeclarations = platform.import "spec/surroundings/foreign"
local newParts = platform.import "spec/parts"
local runHelper = platform.import "spec/surroundings/helper"
local runPrelude = platform.import "spec/surroundings/prelude"

-- Registers a file; what is no Lua is an error of the file.
local function addFile(file)
  local main, message = loadfile(file)
  if main then
    core.registrars.file(file, main)
  else
    core.publish({ "error", "file" }, { descriptor = "file", name = file }, nil, message, nil)
  end
end

local function runSuite(blocks)
  local suite = core.tree.current()
  if core.announce("suite", { "suite", "start" }, suite, 1, 1, nil) then blocks.surround(suite) end
  core.announce("suite", { "suite", "end" }, suite, 1, 1)
end

-- `options` are busted's of the same names, in camel case; `tell` is described with the engine's binding.
return function(file, options, tell)
  addLaterFunctions()
  local problem = runPrelude(options)
  local parts = newParts(core, options, tell)
  local blocks = newBlocks(core, options, parts)
  defineElements(core, blocks, options, parts)
  newModules(core, options)
  neovim.publish(core, options)
  tolerateDeclarations()
  defineResults(core, options, tell)
  if problem then
    core.publish({ "error", "configuration" }, { descriptor = "configuration" }, nil, problem, nil)
  elseif runHelper(core, options) then
    defineFilters(core, options, tell)
    neovim.call(function()
      addFile(file)
      runSuite(blocks)
    end)
  end
  core.publish { "exit" }
  tell.complete()
end
