/** Microseconds in a unit that people read: `340 ns`, `12 µs`, `1.23 ms`, `45.6 s`. */
export function timeText(microseconds: number): string {
  if (microseconds > 0 && microseconds < 0.9995) return `${Math.round(1000 * microseconds)} ns`;
  if (microseconds < 999.5)
    return `${Number.isInteger(microseconds) ? microseconds : threeDigits(microseconds)} µs`;
  const milliseconds = microseconds / 1000;
  // What rounds to a thousand is one of the next unit.
  return milliseconds < 999.5 ? `${threeDigits(milliseconds)} ms` : `${threeDigits(milliseconds / 1000)} s`;
}

/** Bytes in a unit that people read, of 1024 each: `12 B`, `1.23 KB`. */
export function bytesText(bytes: number): string {
  const sign = bytes < 0 ? "-" : "";
  let size = Math.abs(bytes);
  if (size < 1024) return `${sign}${size} B`;
  let unit = 0;
  for (size /= 1024; size >= 999.5 && unit < units.length - 1; unit++) size /= 1024;
  return `${sign}${threeDigits(size)} ${units[unit]}`;
}

const units = ["KB", "MB", "GB", "TB"];

/** `12,345`. */
export function countText(count: number): string {
  return count.toLocaleString("en-US");
}

/** A part in percent with one digit: `33.3`. */
export function percentText(part: number, whole: number): string {
  return (100 * shareOf(part, whole)).toFixed(1);
}

/** From 0 to 1. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function threeDigits(value: number): string {
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : String(Math.round(value));
}
