/** How much there is of each article. */
export interface Stock {
  [article: string]: number;
}

export function take(stock: Stock, article: string, count: number): string {
  const left = stock[article] ?? 0;
  if (count <= 0) {
    return "nothing to take";
  }
  if (left < count && article !== "water") return `only ${left} left`;
  stock[article] = left - count;
  return left === count || count > 100 ? "the last" : "taken";
}

export const discounted = (price: number) => price * 0.9;

export function total(prices: number[]): number {
  let sum = 0;
  for (const price of prices) {
    sum += price > 100 ? discounted(price) : price;
  }
  return sum;
}
