// Names in the page's language, and the language that a text is in.

/**
 * A name in the page's language.
 * @param {Pick<import('./results.js').Setting, 'language'>} setting
 * @param {import('./index.js').Label['name'] | null | undefined} name
 */
export const nameOf = ({ language }, name) => (language === 'en' && name?.en) || name?.own || '';

export const languageOf = (/** @type {string} */ text) => (/[ぁ-ヿ一-鿿]/.test(text) ? 'ja' : 'en');
