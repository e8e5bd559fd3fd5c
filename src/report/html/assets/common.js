// What all pages do: colours, memory, keys, sorting. It runs before anything is shown.
const report = {
  /** What this browser knows of the reader's wishes; some keep nothing for files. */
  recall(key) {
    try {
      return localStorage.getItem(`luacov-ts-${key}`);
    } catch {
      return null;
    }
  },

  remember(key, value) {
    try {
      localStorage.setItem(`luacov-ts-${key}`, value);
    } catch {}
  },

  /** What keys do, unless somebody types; "/" goes to the filter, and Escape leaves it. */
  onKeys(actions) {
    const filter = document.querySelector("#filter");
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target === filter) {
        if (event.key === "Escape") report.leave(filter);
        return;
      }
      const action = event.key === "/" ? () => report.enter(filter) : actions[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    });
  },

  /** Nobody can type into what is folded away. */
  enter(filter) {
    if (filter === null) return;
    const list = filter.closest("details");
    if (list !== null) list.open = true;
    filter.focus();
  },

  leave(filter) {
    filter.value = "";
    filter.dispatchEvent(new Event("input"));
    filter.blur();
  },

  /** Sorts by a column when its heading is clicked, and the other way when it is clicked again. */
  sortBy(table, sort) {
    const headings = [...table.querySelectorAll("thead th")];
    for (const [column, heading] of headings.entries()) {
      heading.addEventListener("click", () => {
        const descending = heading.ariaSort === "ascending";
        for (const each of headings) each.ariaSort = "none";
        heading.ariaSort = descending ? "descending" : "ascending";
        sort(column, descending);
      });
    }
  },

  /** Rows in the order of a column: numbers by value, other texts as in a dictionary. */
  sorted(rows, column, descending) {
    const keyed = rows.map((row) => ({ row, value: report.valueOf(row.cells[column]) }));
    const compare = (a, b) =>
      typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
    keyed.sort((a, b) => (descending ? compare(b.value, a.value) : compare(a.value, b.value)));
    return keyed.map(({ row }) => row);
  },

  /** Where there is nothing to cover, nothing is missing. */
  valueOf(cell) {
    const text = (cell.querySelector("b") ?? cell).textContent.trim();
    if (text === "–") return 100;
    if (text === "") return 0;
    return /^[\d.]+%?$/.test(text) ? Number.parseFloat(text) : text;
  },

  toggleTheme() {
    const theme = report.isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    report.remember("theme", theme);
  },

  isDark() {
    const { theme } = document.documentElement.dataset;
    return theme === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  },
};

const theme = report.recall("theme");
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("#theme").addEventListener("click", report.toggleTheme);
});
