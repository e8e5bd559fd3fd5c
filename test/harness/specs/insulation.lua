global_of_file = "file"
rawset(_G, "raw_of_file", "raw")

describe("globals", function()
  global_of_block = "block"
  it("of the file are seen", function() assert.equal("file", global_of_file) end)
  it("of the block are seen", function() assert.equal("block", global_of_block) end)
  it("can be set in a test", function() global_of_test = 1; assert.equal(1, global_of_test) end)
  it("of another test are not seen", function() assert.is_nil(global_of_test) end)
  it("are not Lua's", function() assert.is_nil(rawget(_G, "global_of_file")) end)
  before_each(function() set_before = "before" end)
  it("set in before_each are seen", function() assert.equal("before", set_before) end)
  it("can be hidden by nil", function() global_of_file = nil; assert.equal("file", global_of_file) end)
  it("can be written to _G", function() _G.in_g = 1; assert.equal(1, in_g) end)
  it("in _G last to the end of the file", function() assert.equal(1, in_g) end)
end)

it("of a block are gone outside", function() assert.is_nil(global_of_block) end)

insulate("insulated", function()
  _G.insulated = true
  package.loaded["some.module"] = "loaded"
  string.added = "added"
  setmetatable(_G, { __index = function(_, key) return key == "magic" and "yes" or nil end })
  it("sees itself", function() assert.is_true(_G.insulated); assert.equal("yes", magic) end)
  insulate("deeper", function()
    _G.deeper = 1
    _G.insulated = nil
    it("sees itself", function() assert.equal(1, deeper); assert.is_nil(insulated) end)
  end)
  it("is put back", function() assert.is_nil(deeper); assert.is_true(insulated) end)
end)

describe("after insulation", function()
  it("globals are gone", function() assert.is_nil(_G.insulated); assert.is_nil(magic) end)
  it("modules are gone", function() assert.is_nil(package.loaded["some.module"]) end)
  it("tables are what they are", function() assert.equal("added", string.added); string.added = nil end)
end)

expose("exposed", function()
  _G.exposed_g = "g"
  exposed_env = "env"
  package.loaded["exposed.module"] = "loaded"
  it("sees itself", function() assert.equal("g", exposed_g); assert.equal("env", exposed_env) end)
end)

describe("after exposing", function()
  it("globals stay", function() assert.equal("g", exposed_g) end)
  it("those of the block stay", function() assert.equal("env", exposed_env) end)
  it("modules stay", function() assert.equal("loaded", package.loaded["exposed.module"]) end)
end)

describe("functions", function()
  local function outer() return global_of_file end
  it("have the globals of their file", function() assert.equal("file", outer()) end)
  it("of load have Lua's", function() assert.is_nil(load("return global_of_file")()) end)
  it("of load do not know describe", function() assert.is_nil(load("return describe")()) end)
  it("find describe in _G never", function() assert.is_nil(_G.describe) end)
  it("have assert in _G as Lua's", function() assert.is_function(_G.assert) end)
  it("can replace assert", function() assert = nil; assert.is_true(true) end)
end)
