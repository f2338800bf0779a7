// Narrows a long list while the reader types: items that lack a word are hidden, and groups without items.
// Without this script the whole list stands on the page, in groups.
const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById('list-filter'));
const groups = [...document.querySelectorAll('[data-filtered]')].map((group) => ({
  group: /** @type {HTMLElement} */ (group),
  items: [...group.querySelectorAll('li')],
}));

/** Widths, cases and kana are one: Ａ finds a, カナ finds かな. @param {string} text */
const folded = (text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 96));

if (template && groups.length) {
  groups[0]?.group.before(template.content);
  const field = /** @type {HTMLInputElement} */ (document.getElementById('list-q'));
  const status = /** @type {HTMLElement} */ (document.querySelector('[data-found]'));
  const texts = new Map(
    groups.flatMap(({ items }) => items.map((item) => [item, folded(item.textContent ?? '')])),
  );
  field.addEventListener('input', () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { group, items } of groups) {
      for (const item of items) item.hidden = !words.every((word) => texts.get(item)?.includes(word));
      const left = items.filter((item) => !item.hidden).length;
      group.hidden = !left;
      found += left;
    }
    status.textContent = words.length
      ? (status.dataset['found'] ?? '').replace('{count}', String(found))
      : '';
  });
}
