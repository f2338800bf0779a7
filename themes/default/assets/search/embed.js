// The search on a page of another site: loads its script from where this one lies, and says in words why a search
// cannot be, where the page itself has none. The program adds the call, with the address of the script and the words.

/** @typedef {{failed: string, retry: string, refused: string}} EmbedWords */

/**
 * @param {string} script address of the script of the search, relative to this one's
 * @param {{[language: string]: EmbedWords}} words
 */
function embed(script, words) {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  document.addEventListener('failed', async (event) => {
    const search = /** @type {HTMLElement} */ (event.target);
    const retry = /** @type {CustomEvent<HTMLButtonElement>} */ (event).detail;
    if (!search.matches('kawaraban-search')) return;
    event.preventDefault();
    const { index = 'search/', lang = document.documentElement.lang, failed } = search.dataset;
    const said = words[lang.slice(0, 2)] ?? Object.values(words)[0];
    const { host, origin, href } = new URL(index, document.baseURI);
    // Where the host answers but the page may not read the answer, the host does not allow it.
    const answers =
      origin !== location.origin &&
      (await fetch(`${href}manifest.json`, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ));
    const refused = said?.refused.replaceAll('{host}', host).replaceAll('{origin}', location.origin);
    if (said) retry.textContent = search.dataset['retry'] ?? said.retry;
    const text = (answers ? refused : (failed ?? said?.failed)) ?? '';
    search.querySelector('.search-status')?.replaceChildren(text, ' ', retry);
  });
  const made = document.createElement('script');
  made.src = new URL(script, src).href;
  document.head.append(made);
}
