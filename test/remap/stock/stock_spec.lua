local ____exports = {}
local ____require_result_0 = require("stock")
local take = ____require_result_0.take
local total = ____require_result_0.total
--- Fails where it is called, and not where the test begins.
local function refuse(article)
    error(("no " .. article) .. " here", 0)
end
describe(
    "stock",
    function()
        local shelf
        before_each(function()
            shelf = {apples = 3}
        end)
        it(
            "is taken",
            function()
                assert.equal(
                    "taken",
                    take(nil, shelf, "apples", 2)
                )
            end
        )
        it(
            "is counted",
            function()
                assert.equal(
                    211,
                    total(nil, {10, 200})
                )
            end
        )
        it(
            "has no pears",
            function()
                local pears = refuse("pears")
                assert.equal(1, pears)
            end
        )
        it(
            "is not there",
            function()
                local nothing = nil
                take(nil, nothing, "apples", 2)
            end
        )
        pending("is worth it")
    end
)
return ____exports
