/**
 * **Reading a chart**: the year below the pointer, or below the arrow keys, is marked and put into words under the
 * chart. The words stand in the drawing already; without this script they are tooltips, and the table has them.
 */

for (const plot of document.querySelectorAll('.plot[data-read]')) {
  const years = [...plot.querySelectorAll('.year')];
  if (years.length > 1) readable(/** @type {HTMLElement} */ (plot), years);
}

/** @param {HTMLElement} plot @param {Element[]} years */
function readable(plot, years) {
  const words = years.map((year) => {
    const title = year.querySelector('title');
    const text = title?.textContent ?? '';
    // The browser's own tooltip would say the same again, and later.
    title?.remove();
    return text;
  });
  const reading = document.createElement('p');
  reading.className = 'reading';
  reading.setAttribute('aria-hidden', 'true');
  plot.after(reading);
  const own = years.findIndex((year) => year.classList.contains('current'));
  let at = own < 0 ? years.length - 1 : own;

  const cursor = document.createElement('div');
  cursor.className = 'cursor';
  cursor.tabIndex = 0;
  for (const [name, value] of Object.entries({
    role: 'slider',
    'aria-label': plot.dataset.read ?? '',
    'aria-valuemin': '1',
    'aria-valuemax': `${years.length}`,
  }))
    cursor.setAttribute(name, value);
  plot.append(cursor);

  /** @param {number} place @param {boolean} marked */
  function show(place, marked) {
    at = Math.max(0, Math.min(years.length - 1, place));
    years.forEach((year, index) => year.classList.toggle('is-read', marked && index === at));
    cursor.setAttribute('aria-valuenow', `${at + 1}`);
    cursor.setAttribute('aria-valuetext', words[at]);
    reading.textContent = words[at];
  }
  /** @param {PointerEvent} event */
  function point(event) {
    const place = years.findIndex((year) => {
      const { left, right } = year.getBoundingClientRect();
      return event.clientX >= left && event.clientX < right;
    });
    if (place >= 0) show(place, true);
  }
  cursor.addEventListener('pointermove', point);
  cursor.addEventListener('pointerdown', point);
  cursor.addEventListener('pointerleave', () => show(at, document.activeElement === cursor));
  cursor.addEventListener('focus', () => show(at, true));
  cursor.addEventListener('blur', () => show(at, false));
  cursor.addEventListener('keydown', (event) => {
    const to = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      Home: 0,
      End: years.length - 1,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(to, true);
  });
  show(at, false);
}
