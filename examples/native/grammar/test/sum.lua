-- lua5.4 test/sum.lua
package.path = "src/?.lua;" .. package.path
local sum = require "sum"

assert(sum "1" == 1)
assert(sum " 1 + 22 + 3" == 26)
local value, message = sum "1 +"
assert(value == nil and message == "not a sum: 1 +")
print "ok"
