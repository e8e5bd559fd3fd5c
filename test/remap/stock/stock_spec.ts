import type * as Stocks from "./stock.js";

declare function require(this: void, name: "stock"): typeof Stocks;
declare function describe(this: void, name: string, body: (this: void) => void): void;
declare function it(this: void, name: string, body: (this: void) => void): void;
declare function before_each(this: void, body: (this: void) => void): void;
declare function pending(this: void, name: string): void;
declare namespace assert {
  function equal(this: void, expected: unknown, actual: unknown): void;
}

const { take, total } = require("stock");

/** Fails where it is called, and not where the test begins. */
function refuse(this: void, article: string): never {
  throw `no ${article} here`;
}

describe("stock", () => {
  let shelf: Stocks.Stock;

  before_each(() => {
    shelf = { apples: 3 };
  });

  it("is taken", () => {
    assert.equal("taken", take(shelf, "apples", 2));
  });

  it("is counted", () => {
    assert.equal(211, total([10, 200]));
  });

  it("has no pears", () => {
    const pears = refuse("pears");
    assert.equal(1, pears);
  });

  it("is not there", () => {
    const nothing = undefined as unknown as Stocks.Stock;
    take(nothing, "apples", 2);
  });

  pending("is worth it");
});
