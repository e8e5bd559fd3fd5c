local calculator = require "calculator"

assert(calculator.evaluate("1 + 2 * 3") == 7)
assert(calculator.evaluate("(8 - 2) / 4") == 1.5)
assert(calculator.evaluate("-2 ^ 2") == -4)
assert(calculator.evaluate("price * (1 + tax)", { price = 100, tax = 0.25 }) == 125)

local result, message = calculator.evaluate("price * 2")
assert(result == nil and message == "unknown variable 'price'", message)
