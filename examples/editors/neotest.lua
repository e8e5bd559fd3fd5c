-- Example: what a neotest adapter needs to run specs by luacov-ts and to show their results.
local adapter = {}

--- How to run the tests of a position: a file, a folder, or a test by its line.
function adapter.build_spec(arguments)
  local position = arguments.tree:data()
  local operand = position.path
  if position.range then operand = operand .. ":" .. position.range[1] + 1 end
  local results = vim.fn.tempname()
  return {
    command = { "npx", "luacov-ts", "--reporter", "lcovonly", "--test-reporter", "json=" .. results, operand },
    context = { results = results },
  }
end

local statuses = { success = "passed", failure = "failed", error = "failed", pending = "skipped" }

--- The results by the ids of their positions: the file and the names of blocks and test.
function adapter.results(spec)
  local text = table.concat(vim.fn.readfile(spec.context.results), "\n")
  local found = {}
  for _, file in ipairs(vim.json.decode(text).files) do
    for _, result in ipairs(file.results) do
      local path = vim.fn.fnamemodify(file.file, ":p")
      local id = table.concat({ path, unpack(result.names) }, "::")
      local at = result.failedAt
      -- JSON's null is no table.
      local line = type(at) == "table" and at.line - 1 or nil
      found[id] = { status = statuses[result.status], short = result.message }
      if found[id].status == "failed" then found[id].errors = { { message = result.message, line = line } } end
    end
  end
  return found
end

return adapter
