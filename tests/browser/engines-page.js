/** Runs in a browser: the analyzer's digests, and what the search page of the built site shows; sent back as JSON. */

import * as analyzer from '../../themes/default/assets/search/analyzer.js';
import { alone, drawn, lines } from '../js/agreement.js';

const asked = new URLSearchParams(location.search);
const text = async (/** @type {string} */ path) => (await fetch(`/${path}`)).text();

/** What the search page says, once it says something with a number. @param {string} query */
async function found(query) {
  const frame = document.createElement('iframe');
  frame.width = frame.height = '900';
  frame.src = `/${asked.get('site')}/search.html?q=${encodeURIComponent(query)}`;
  document.body.append(frame);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const page = frame.contentDocument;
    const status = page?.querySelector('kawaraban-search [role=status]')?.textContent ?? '';
    const mark = page?.querySelector('.results .snippet mark')?.textContent;
    if (/\d/.test(status) && mark) {
      frame.remove();
      return { status, mark };
    }
  }
}

analyzer.useTables(await text('src/search/analyzer/tables.json'));
const digests = JSON.parse(await text('tests/analyzer-digests.json'));
const content = [];
for (const [path] of digests.content) content.push([path, lines(analyzer, await text(path))]);
const result = {
  agent: navigator.userAgent,
  digests: { alone: alone(analyzer), drawn: drawn(analyzer), content },
  found: await found(asked.get('q') ?? ''),
};
await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
