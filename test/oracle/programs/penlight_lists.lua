-- Lists, maps, sets and sequences of Penlight.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local List = require "pl.List"
local Map = require "pl.Map"
local OrderedMap = require "pl.OrderedMap"
local Set = require "pl.Set"
local seq = require "pl.seq"
local tablex = require "pl.tablex"

local list = List { 5, 3, 9, 1 }
assert(tostring(list:sorted()) == "{1,3,5,9}")
assert(list:map(function(x) return x * 2 end) == List { 10, 6, 18, 2 })
assert(#list:filter(function(x) return x > 3 end) == 2)
assert(list:slice(2, 3) == List { 3, 9 })
list:append(7):extend { 8, 2 }:remove(1):reverse()
assert(list:contains(9) and not list:contains(100))
assert(List.range(1, 5):reduce "+" == 15)
assert(#List.split("a,b,c", ",") == 3)

local ordered = OrderedMap()
ordered:set("z", 1)
ordered:set("a", 2)
ordered:set("m", 3)
local keys = {}
for key in ordered:iter() do keys[#keys + 1] = key end
assert(table.concat(keys, ",") == "z,a,m")

local s1, s2 = Set { "a", "b", "c" }, Set { "b", "c", "d" }
assert(#(s1 * s2) == 2 and #(s1 + s2) == 4 and Set.issubset(Set { "a" }, s1))

local total = 0
for x in seq.list { 1, 2, 3 } do total = total + x end
assert(total == 6)
assert(seq.sum(seq.map(function(x) return x * x end, { 1, 2, 3 })) == 14)

assert(tablex.deepcompare({ 1, { 2, 3 } }, { 1, { 2, 3 } }))
assert(not tablex.deepcompare({ 1, { 2, 3 } }, { 1, { 2, 4 } }))
assert(tablex.find({ 10, 20, 30 }, 20) == 2)
assert(#tablex.range(1, 10, 3) == 4)
assert(tablex.reduce("+", { 1, 2, 3 }) == 6)
local m = Map { one = 1 }
assert(m:get "one" == 1)
