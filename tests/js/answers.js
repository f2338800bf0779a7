/**
 * **Answers**: all that a client says of an index or of tables, as one text that two runs can be compared by.
 */

import { normalise } from '../../themes/default/assets/search/analyzer.js';
import { budgetsOf, facetsOf } from '../../themes/default/assets/search/facets.js';
import { Index } from '../../themes/default/assets/search/index.js';
import { plan } from '../../themes/default/assets/search/plan.js';
import { search } from '../../themes/default/assets/search/score.js';
import { slips } from '../../themes/default/assets/search/slips.js';
import { meant } from '../../themes/default/assets/search/suggest.js';
import { Table } from '../../themes/default/assets/table/files.js';

/** Of common and rare words, of several, of a kanji, with a slip in Latin letters and one in Japanese. */
const QUERIES = ['ふるさと納税', '市民', '道路 2023年度', '"地域" -道路', '水', 'carbom', 'ふるさと能税'];

/** All that the client says of the index in `folder`. @param {string} folder @returns {import('./mutations.js').Answers} */
export const ofIndex = (folder) => async (get) => {
  const index = await Index.open(folder, get);
  index.slips = (own) => slips(index, own);
  const said = [];
  for (const query of QUERIES) {
    const planned = plan(query, index.synonyms, index.readings);
    const { total, hits } = await search(index, planned);
    const shown = hits.slice(0, 3).map(({ document }) => Promise.all([index.document(document), index.text(document)]));
    said.push([total, hits, await Promise.all(shown), await meant(index, planned, normalise)]);
  }
  const others = [facetsOf(index), budgetsOf(index), index.groups(), index.words('ja'), index.completions('道'), index.completions('ぼ')];
  return JSON.stringify([said, await Promise.all(others), index.readings, index.manifest]);
};

/** All that the tables in `folders` say. @param {string[]} folders @returns {import('./mutations.js').Answers} */
export const ofTables = (folders) => async (get) => {
  const said = [];
  for (const folder of folders) {
    const table = await Table.open(folder, get);
    const { columns, rows } = table.manifest;
    said.push(table.manifest, await table.rows(Array.from({ length: rows }, (_, row) => row)));
    for (const { name } of columns) {
      const content = await table.content(name);
      said.push(content && [content.values, [...content.ranks]]);
    }
  }
  return JSON.stringify(said);
};
