// Numbers as the page shows them.

/**
 * A number with its digits in threes, as many decimals as its column has, and the page's sign.
 * @param {string} cell
 * @param {number} decimals
 * @param {string} minus
 */
export function figure(cell, decimals, minus) {
  const [whole = '', rest = ''] = cell.split('.');
  const digits = rest.padEnd(decimals, '0');
  const shown = whole.replace('-', minus).replace(/\d+/, (found) => BigInt(found).toLocaleString('en'));
  return digits ? `${shown}.${digits}` : shown;
}
