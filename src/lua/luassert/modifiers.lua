-- The words of a chain that assert nothing.

local platform = ...

local luassert = platform.import "luassert/assert"

local function same(self)
  return self
end

local function opposite(self)
  self.mod = not self.mod
  return self
end

-- The articles are newer than luassert 1.9.0, and the other numbers and tenses of its verbs are ours.
for _, name in ipairs {
  "is", "are", "was", "were", "be", "has", "have", "does", "do", "a", "an", "the",
} do
  luassert:register("modifier", name, same)
end
for _, name in ipairs { "not", "no" } do
  luassert:register("modifier", name, opposite)
end
