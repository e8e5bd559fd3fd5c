-- Matchers made of others.

local platform = ...

local check = platform.import "luassert/check"
local luassert = platform.import "luassert/assert"
local is_matcher = platform.import("luassert/match").is_matcher

-- A matcher that is `answer` as soon as one of its own says `decisive` of a value, and else the opposite.
local function composite(name, decisive, answer)
  luassert:register("matcher", name .. "_of", function(_, list, level)
    check.count(level, list, name, 1)
    for i = 1, list.n do
      check.argument(level, is_matcher(list[i]), 1, name, "matcher", type(list[i]))
    end
    return function(value)
      for _, matcher in ipairs(list) do
        if matcher(value) == decisive then
          return answer
        end
      end
      return not answer
    end
  end)
end

composite("all", false, false)
composite("any", true, true)
composite("none", true, false)
