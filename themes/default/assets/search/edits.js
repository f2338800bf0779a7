// Edits: how far one text is from another, as the build counts (src/search/suggestions.rs).

/**
 * Letters put in, left out, exchanged, or swapped with their neighbour (optimal string alignment).
 * @param {string[]} a
 * @param {string[]} b
 */
export function edits(a, b) {
  /** @type {number[]} */
  let before = [];
  let above = [0, ...b.map((_, at) => at + 1)];
  const of = (/** @type {number[]} */ row, /** @type {number} */ at) => row[at] ?? Infinity;
  a.forEach((x, i) => {
    const row = [i + 1];
    b.forEach((y, j) => {
      const swapped = x === b[j - 1] && a[i - 1] === y ? of(before, j - 1) + 1 : Infinity;
      row.push(Math.min(of(above, j) + (x === y ? 0 : 1), of(above, j + 1) + 1, of(row, j) + 1, swapped));
    });
    [before, above] = [above, row];
  });
  return above.at(-1) ?? 0;
}
