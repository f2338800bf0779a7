/**
 * **Measures of a page as drawn**: where boxes and texts are, and in which colours. No pixels and no
 * glyphs; elements are found by landmark, role and computed style, never by class name.
 */

/** @typedef {import('playwright-core').Page} Page */

/** Adds rules to a page, as a broken style sheet would; the policy allows it to a program. @param {Page} page @param {string} rules */
export const restyle = (page, rules) => page.evaluate((rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}, rules);

/** Every element that is drawn: its place, and what its style says of all but colours. @param {Page} page @returns {Promise<string[]>} */
export const frames = (page) => page.evaluate(() => {
  const PLAIN = ['display', 'position', 'fontSize', 'fontWeight', 'borderTopWidth', 'borderRightWidth', 'borderBottomWidth', 'borderLeftWidth', 'textDecorationLine', 'visibility', 'clipPath'];
  return [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element) => {
    const [box, style] = [element.getBoundingClientRect(), /** @type {any} */ (getComputedStyle(element))];
    const place = [box.left, box.top, box.width, box.height].map((value) => Math.round(value));
    return `<${element.localName}> ${element.textContent?.trim().slice(0, 20)} ${place} ${PLAIN.map((name) => style[name])}`;
  });
});

/** Texts that lie upon each other, those of charts included. @param {Page} page @returns {Promise<string[]>} */
export const overlaps = (page) => page.evaluate(() => {
  /** @type {{text: string, node: Node, left: number, right: number, top: number, bottom: number}[]} */
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent?.trim() || !parent?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || parent.closest('rt, rp, title, desc, script, style')) continue;
    if (isClipped(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      // The box of a line is that of its font, which may reach into its neighbours; the letters are in its middle.
      const inset = (bottom - top) * .22;
      if (right - left > 2) lines.push({ text: node.textContent.trim().slice(0, 24), node, left: left + 1, right: right - 1, top: top + inset, bottom: bottom - inset });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  const found = [];
  for (const [index, one] of lines.entries()) {
    for (let next = index + 1; next < lines.length; next++) {
      const other = /** @type {typeof one} */ (lines[next]);
      if (other.top >= one.bottom) break;
      if (other.node !== one.node && other.left < one.right - 1 && one.left < other.right - 1) found.push(`\`${one.text}\` and \`${other.text}\``);
    }
  }
  return found;
  /** For screen readers only, away from the window, or scrolled out of its frame. @param {Element} element */
  function isClipped(element) {
    for (let around = /** @type {Element | null} */ (element); around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      const box = around.getBoundingClientRect();
      if ((style.position === 'absolute' && box.width <= 2) || style.clipPath.startsWith('inset(50') || box.right < 0) return true;
      if (style.overflowX !== 'visible' && box.width > 0 && around.scrollWidth > around.clientWidth + 1) return true;
    }
    return false;
  }
});

/** Headings and parts of the main part that stand above what the document puts before them. @param {Page} page @returns {Promise<string[]>} */
export const outOfOrder = (page) => page.evaluate(() => {
  const parts = [...document.querySelectorAll('body > *, main > *, main :is(h1, h2, h3)')].filter((part) => part.checkVisibility({ visibilityProperty: true })
    && part.getBoundingClientRect().height > 1 && !['absolute', 'fixed'].includes(getComputedStyle(part).position));
  let lowest = -Infinity;
  return parts.filter((part) => {
    const { top } = part.getBoundingClientRect();
    const isAbove = top < lowest - 2;
    lowest = Math.max(lowest, top);
    return isAbove;
  }).map((part) => `<${part.localName}> ${part.textContent?.trim().slice(0, 30)}`);
});

/** The page's elements and texts but for what lies in elements of scripts (`kawaraban-…`). @param {Page} page @returns {Promise<string>} */
export const unscripted = (page) => page.evaluate(() => {
  const body = /** @type {HTMLElement} */ (document.body.cloneNode(true));
  for (const element of body.querySelectorAll('*')) if (element.localName.includes('-')) element.replaceChildren();
  // A chart that can be read by keys keeps its drawing and says its values otherwise; its buttons save it.
  for (const element of body.querySelectorAll('.plot[data-read], .chart-files')) element.replaceChildren();
  for (const element of body.querySelectorAll('noscript, .plot[data-read] + .reading')) element.remove();
  return body.innerHTML.replace(/\s+/g, ' ').replaceAll('><', '>\n<');
});

/** What is wrong with a page as printed. @param {Page} page @returns {Promise<string[]>} */
export const faultsOfPrint = (page) => page.evaluate(() => {
  const says = (/** @type {Element} */ element) => `<${element.localName}> ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}`;
  const width = document.documentElement.clientWidth;
  const luminance = (/** @type {string} */ colour) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
    .map((part) => part / 255).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * (/** @type {const} */ ([.2126, .7152, .0722])[index] ?? 0), 0);
  return [document.body, ...document.querySelectorAll('body *')].filter((element) => element.checkVisibility({ visibilityProperty: true })).flatMap((element) => {
    const [style, box] = [getComputedStyle(element), element.getBoundingClientRect()];
    if (box.width <= 2 || box.height <= 2 || style.display === 'inline' && !element.textContent?.trim()) return [];
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    return [
      // A head that sorts by a button is still a head.
      ...(element.matches('nav, button, input, select, textarea, form') && !element.closest('th') ? [`navigation: ${says(element)}`] : []),
      ...(box.right > width + 1 && box.left >= 0 ? [`beyond the paper: ${says(element)}`] : []),
      ...(style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline' && box.width > 2 && element !== document.body ? [`cut off: ${says(element)}`] : []),
      ...(['fixed', 'sticky'].includes(style.position) ? [`stays on every sheet: ${says(element)}`] : []),
      ...(hasText && !(element instanceof SVGElement) && luminance(style.color) > .25 ? [`pale on paper: ${says(element)} ${style.color}`] : []),
    ];
  });
});

/**
 * The blocks of a page in order: what each is, where it begins and how wide it is in hundredths of the
 * window, and whether it stands beside the block before. Heights and whatever follows the width of words
 * are left out.
 * @param {Page} page @returns {Promise<[string, number, number, 'below' | 'beside'][]>}
 */
export const blocks = (page) => page.evaluate(() => {
  const parts = [...document.querySelectorAll('body > header, main, body > footer, main :is(h1, h2, section, figure, [role=group], [role=search])')]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }) && part.getBoundingClientRect().width > 2 && !part.closest('svg'));
  const width = document.documentElement.clientWidth;
  let before = /** @type {DOMRect | undefined} */ (undefined);
  return parts.map((part) => {
    const box = part.getBoundingClientRect();
    const isBeside = before !== undefined && box.left > before.right - 2 && box.top < before.bottom - 2;
    before = box;
    const label = (part.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
    const says = (/^h\d$/.test(part.localName) ? part.textContent : label || part.getAttribute('aria-label')) ?? '';
    const columns = getComputedStyle(part).display.includes('grid') ? ` in ${getComputedStyle(part).gridTemplateColumns.split(' ').length} columns` : '';
    return [`${part.localName} ${says.replace(/[\s\d]+/g, ' ').trim()}${columns}`.trim(), Math.round(box.left / width * 100), Math.round(box.width / width * 100), isBeside ? 'beside' : 'below'];
  });
});

/** The colours that a page shows: of texts, grounds, borders and shapes. @param {Page} page @returns {Promise<string[]>} */
export const palette = (page) => page.evaluate(() => {
  const found = new Set();
  for (const element of [document.body, ...document.querySelectorAll('body *')]) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const isShape = element instanceof SVGGeometryElement || element instanceof SVGTextContentElement;
    if (isShape) for (const colour of [style.fill, style.stroke]) found.add(colour);
    else {
      if ([...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())) found.add(style.color);
      found.add(style.backgroundColor);
      if (Number.parseFloat(style.borderBottomWidth) > 0) found.add(style.borderBottomColor);
    }
  }
  return [...found].filter((colour) => colour !== 'none' && !/, 0\)$/.test(colour)).sort();
});
