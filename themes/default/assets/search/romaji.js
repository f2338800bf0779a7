// Romaji: kana that were typed in Latin letters, the same as in the build (src/search/analyzer/romaji.rs).

/**
 * The kana that a word stands for; empty where it stands for none.
 * @param {string} word of the letters a to z
 * @param {Record<string, string>} syllables
 */
export function kanaOf(word, syllables) {
  const kana = word
    .replace(/n(n(?![aeiouy])|(?![aeiouy]))|m(?=[bp])/g, 'ん')
    .replace(/([^aeiouyん])(?=\1)|t(?=ch)/g, 'っ')
    .replace(/[a-z]*?[aeiou]/g, (syllable) => syllables[syllable] ?? syllable);
  return /[a-z]/.test(kana) ? '' : kana;
}
