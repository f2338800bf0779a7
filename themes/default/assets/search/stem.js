// Stems of English words, the same as in the build (src/search/analyzer/stem.rs).

/** What an English word has in common with its other forms. @param {string} word */
export function stem(word) {
  if (!/^[a-z]{4,}$/.test(word) || word === 'news') return word;
  // Consonants, one vowel, one consonant: such a word keeps its e.
  const isShort = (/** @type {string} */ word) => /^[^aeiou]*[aeiouy][^aeiouwxy]$/.test(word);
  return word
    .replace(/(..)ies$/, '$1i')
    .replace(/(.)uses$/, '$1us')
    .replace(/([^isu])s$/, '$1')
    .replace(/^(.*[aeiouy].*)(ing|ed)$/, (word, base) =>
      base.length < 2 || word.endsWith('eed')
        ? word
        : /([^aeiouylsz])\1$/.test(base)
          ? base.slice(0, -1)
          : isShort(base)
            ? `${base}e`
            : base,
    )
    .replace(/([^aeiou])y$/, '$1i')
    .replace(/^(...+)e$/, (word, base) => (isShort(base) ? word : base));
}
