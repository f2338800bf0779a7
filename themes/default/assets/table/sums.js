// Sums and means, exact to the last digit: numbers are counted in units of the smallest decimal.

/** @param {string} text @param {number} decimals @returns {bigint} */
function units(text, decimals) {
  const [whole = '', rest = ''] = text.split('.');
  return BigInt(whole + rest.padEnd(decimals, '0'));
}

/** @param {bigint} number @param {number} decimals */
function written(number, decimals) {
  const digits = String(number < 0n ? -number : number).padStart(decimals + 1, '0');
  const at = digits.length - decimals;
  const sign = number < 0n ? '-' : '';
  return decimals ? `${sign}${digits.slice(0, at)}.${digits.slice(at)}` : sign + digits;
}

/** The most decimals of `values`. @param {string[]} values */
export const decimalsOf = (values) =>
  values.reduce((most, value) => Math.max(most, (value.split('.')[1] ?? '').length), 0);

export class Sum {
  /** @param {number} decimals of the numbers */
  constructor(decimals) {
    this.decimals = decimals;
    this.total = 0n;
    this.count = 0;
  }

  /** @param {string} number */
  add(number) {
    this.total += units(number, this.decimals);
    this.count++;
  }

  /** The sum; nothing of nothing. */
  sum() {
    return this.count ? written(this.total, this.decimals) : '';
  }

  /** The mean with a decimal more than the numbers have, rounded half away from zero; nothing of nothing. */
  mean() {
    if (!this.count) return '';
    const count = BigInt(this.count);
    const twice = this.total * 20n;
    const half = twice < 0n ? -count : count;
    return written((twice + half) / (2n * count), this.decimals + 1);
  }
}
