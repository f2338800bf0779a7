// The links to a page in its other languages keep the place: the filters in the address. A module of the tables,
// which change the address of a page that is open; the page of the search has the same in page.js.

/** Lets the links to other languages ask what is asked here. */
export function keepPlace() {
  // Before a link is opened, copied, or opened elsewhere, it is pointed at or has the focus.
  for (const name of ['pointerover', 'focusin']) {
    document.addEventListener(name, ({ target }) => {
      if (target instanceof HTMLAnchorElement && target.hreflang) target.search = location.search;
    });
  }
}
