it("sees what the helper set", function() assert.equal("a,b", helper_ran) end)
it("has the helper's hooks", function() assert.truthy(helped) end)
it("comes after the helper's subscribers", function() assert.is_true(suite_seen) end)
