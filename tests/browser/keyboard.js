/**
 * **Walking by keyboard**: pressing Tab from the address bar on and writing down each stop: what it is,
 * where it is, whether it can be seen and how it differs from its look without the focus. What is counted
 * as reachable comes from roles and computed styles, never from class names.
 */

/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {object} Stop
 * @property {number} index Its place among the page's elements that the keyboard should reach; −1 for others.
 * @property {string} says
 * @property {boolean} isSeen Part of it lies in the window, under nothing else.
 * @property {boolean} isMarked It looks different from itself without the focus.
 * @property {boolean} scrolls It is a part that scrolls, which browsers make reachable by themselves.
 */

/** More stops than any page needs before its parts repeat. */
const MOST = 120;

/**
 * Numbers what the keyboard should reach and keeps how each looks without the focus. To be called on a
 * fresh page. Gives what there is, in the order of the document, with its place on the page.
 * @param {Page} page
 */
export const prepare = (page) => page.evaluate(() => {
  const LOOKS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor', 'color', 'borderTopColor', 'borderBottomColor', 'borderTopWidth', 'borderBottomWidth', 'textDecorationLine', 'textDecorationThickness', 'clipPath'];
  const look = (/** @type {Element} */ element) => {
    const style = getComputedStyle(element);
    // An outline that is not drawn has no colour.
    return LOOKS.map((name) => name.startsWith('outline') && style.outlineStyle === 'none' ? '' : /** @type {any} */ (style)[name]).join('|');
  };
  const isShown = (/** @type {HTMLElement} */ element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && element.getClientRects().length > 0;
  const reachable = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable="true"]'))]
    .filter((element) => element.tabIndex >= 0 && !element.matches(':disabled, [type=hidden]') && isShown(element)
      && !(element instanceof HTMLInputElement && element.type === 'radio' && element.name && !element.checked && document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`)));
  const says = (/** @type {HTMLElement} */ element) => `<${element.localName}> ${(element.getAttribute('aria-label') ?? element.innerText?.trim() ?? '').slice(0, 30) || element.getAttribute('name') || element.id}`;
  Object.assign(window, { walk: { reachable, looks: reachable.map(look), look, says } });
  return reachable.map((element) => {
    const box = element.getBoundingClientRect();
    return {
      says: says(element),
      landmark: element.closest('header, nav, main, footer')?.localName ?? 'body',
      href: element.getAttribute('href'),
      tabIndex: element.tabIndex,
      left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY,
    };
  });
});

/** Where the focus is now, once the page has settled. @param {Page} page @returns {Promise<Stop | null>} Null outside the page. */
export const focused = (page) => page.evaluate(() => {
  const { reachable, looks, look, says } = /** @type {any} */ (window).walk;
  const element = /** @type {HTMLElement | null} */ (document.activeElement);
  if (!element || element === document.body || element === document.documentElement) return null;
  const index = reachable.indexOf(element);
  const box = element.getBoundingClientRect();
  // What the window and the parts that scroll leave of it; a part of the focus is enough (2.4.11).
  let [left, right, top, bottom] = [Math.max(box.left, 0), Math.min(box.right, innerWidth), Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflowX === 'visible' || around === document.body) continue;
    const frame = around.getBoundingClientRect();
    [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
  }
  const points = [.1, .3, .5, .7, .9].flatMap((x) => [.1, .5, .9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
  // A link over several lines has a box with holes, so the points of its lines count too.
  for (const line of element.getClientRects()) points.push([line.left + line.width / 2, line.top + line.height / 2]);
  const isSeen = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x ?? 0, y ?? 0);
    return hit !== null && (element.contains(hit) || (hit instanceof HTMLLabelElement && hit.control === element));
  });
  return {
    index,
    says: says(element),
    isSeen,
    isMarked: look(element) !== looks[index],
    scrolls: element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
  };
});

/**
 * Walks forward from the start of the page until the focus leaves it or comes back to where it was.
 * @param {Page} page
 * @param {'Tab' | 'Shift+Tab'} [key]
 */
export async function walk(page, key = 'Tab') {
  /** @type {Stop[]} */
  const stops = [];
  const seen = new Set();
  while (stops.length < MOST) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    if (!stop || (stop.index >= 0 && seen.has(stop.index))) break;
    seen.add(stop.index);
    stops.push(stop);
  }
  return { stops, isWhole: stops.length < MOST };
}

/**
 * Presses Tab until `wanted` has the focus; gives up after every element of the page.
 * @param {Page} page
 * @param {import('playwright-core').Locator} wanted
 * @param {'Tab' | 'Shift+Tab'} [key]
 */
export async function tabTo(page, wanted, key = 'Tab') {
  for (let steps = 0; steps < MOST; steps++) {
    await page.keyboard.press(key);
    if (await wanted.evaluateAll((all) => all.includes(/** @type {any} */ (document.activeElement)))) return;
  }
  throw new Error(`the keyboard does not reach ${wanted}`);
}

/**
 * Targets smaller than 24 × 24 CSS pixels that nothing excuses (WCAG 2.5.8): neither a sentence around
 * them nor room for a circle of 24 pixels that touches no other target.
 * @param {Page} page
 */
export const smallTargets = (page) => page.evaluate(() => {
  const LEAST = 24;
  const targets = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab]'))]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !isClipped(element))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0);
  const isSmall = (/** @type {DOMRect} */ box) => box.width < LEAST - .5 || box.height < LEAST - .5;
  const centre = (/** @type {DOMRect} */ box) => [box.left + box.width / 2, box.top + box.height / 2];
  /** For the skip link and what is shown to screen readers only. @param {HTMLElement} element */
  function isClipped(element) {
    const box = element.getBoundingClientRect();
    return box.right < 0 || box.bottom + scrollY < 0 || element.closest('label, fieldset, p, ul, div')?.clientWidth === 1;
  }
  /** @param {HTMLElement} element */
  function isInSentence(element) {
    if (getComputedStyle(element).display !== 'inline') return false;
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).display === 'inline') continue;
      const other = [...around.childNodes].filter((node) => !node.contains(element)).map((node) => node.textContent?.trim() ?? '').join('');
      return other.length > 0;
    }
    return false;
  }
  return targets.filter(({ element, box }) => {
    if (!isSmall(box) || isInSentence(element)) return false;
    const [x = 0, y = 0] = centre(box);
    return targets.some((other) => {
      if (other.element === element || other.element.contains(element) || element.contains(other.element)) return false;
      if (isSmall(other.box)) {
        const [ox = 0, oy = 0] = centre(other.box);
        return Math.hypot(ox - x, oy - y) < LEAST - .5;
      }
      const dx = Math.max(other.box.left - x, 0, x - other.box.right);
      const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
      return Math.hypot(dx, dy) < LEAST / 2 - .5;
    });
  }).map(({ element, box }) => `<${element.localName}> ${element.innerText?.trim().slice(0, 30)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
});
