-- Table work: a sieve, sorting with a comparison of its own, grouping.
-- The limit keeps i * i within the embedded Lua's 32-bit integers.
local limit = 46000

local function sieve()
  local composite, primes = {}, {}
  for i = 2, limit do
    if not composite[i] then
      primes[#primes + 1] = i
      for j = i * i, limit, i do
        composite[j] = true
      end
    end
  end
  return primes
end

local function by_last_digits(a, b)
  local x, y = a % 1000, b % 1000
  if x == y then
    return a < b
  end
  return x < y
end

local function grouped(primes)
  local groups = {}
  for _, prime in ipairs(primes) do
    local key = "group" .. prime % 100
    local group = groups[key] or {}
    group[#group + 1] = prime
    groups[key] = group
  end
  return groups
end

for _ = 1, 4 do
  local primes = sieve()
  assert(#primes == 4761)
  table.sort(primes, by_last_digits)
  assert(#grouped(primes).group7 > 0)
end
