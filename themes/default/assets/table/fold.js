// Folding as the search does it, by the tables that the site's index has. Separators within numbers stay: a filter
// looks for what the cell shows.
import { fold, useTables } from '../search/analyzer.js';
import { indexFiles } from '../search/files.js';
import { once } from '../search/reader.js';

/** @param {string} folder of the search index @returns {import('./select.js').Folding} */
export const foldingOf = (folder) =>
  once(async () => {
    const files = indexFiles(folder);
    const { tables } = await files.manifest();
    useTables(await files.text(tables));
    return (/** @type {string} */ text) =>
      /^[ -~]*$/.test(text) ? text.toLowerCase() : fold(text).chars.join('');
  });
