// Folding as the search does it, by the tables that the site's index has.
import { normalise, useTables } from '../search/analyzer.js';
import { decode, Files, once } from '../search/reader.js';

/** @param {string} folder of the search index @returns {import('./select.js').Folding} */
export const foldingOf = (folder) => once(async () => {
  const files = new Files(folder);
  const { tables } = await files.manifest();
  useTables(decode(await files.bytes(tables)));
  return (/** @type {string} */ text) => /^[ -~]*$/.test(text) ? text.toLowerCase() : normalise(text).join('');
});
