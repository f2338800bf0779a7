// Links on the page of unknown addresses. A host shows that page at any address, so its links begin at the root of
// the site, as `base_url` has it. Where the site lies elsewhere, such as in a folder of a preview, this script tells
// its root by its own address, and leads the links there. The page names the script by several addresses: the first
// one that exists runs.
{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const written = own.dataset['root'];
  if (written !== undefined) {
    for (const other of document.querySelectorAll('script[data-root]')) other.removeAttribute('data-root');
    const root = new URL('../../', own.src).pathname;
    const names = root === written ? [] : ['href', 'src', 'action'];
    for (const name of names)
      for (const element of document.querySelectorAll(`[${name}^="${written}"]`)) {
        if (element === own || element.matches('script[src$="/not-found.js"]')) continue;
        const address = root + (element.getAttribute(name) ?? '').slice(written.length);
        // A script that did not arrive is asked for again as another element only.
        const next = element instanceof HTMLScriptElement ? document.createElement('script') : element;
        next.setAttribute(name, address);
        if (next !== element) element.replaceWith(next);
      }
  }
}
