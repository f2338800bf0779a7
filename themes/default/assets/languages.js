// The links to a page in its other languages keep the place: the question, the filters and the heading in the address. It is
// a module of the search and of the tables, which are what changes the address of a page that is open.

/** Lets the links to other languages lead to where the reader is. */
export function keepPlace() {
  const follow = (/** @type {Event} */ event) => {
    const link = event.target instanceof Element && event.target.closest('a[hreflang]');
    if (!(link instanceof HTMLAnchorElement)) return;
    link.search = location.search;
    link.hash = location.hash;
  };
  // Before a link is opened, copied, or opened elsewhere, it is pointed at or has the focus.
  for (const name of ['pointerover', 'focusin']) document.addEventListener(name, follow);
}
