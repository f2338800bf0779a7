/**
 * **Maps of places, nearer**: a reader zooms in, by buttons or keys, until places that shared a circle stand apart, and
 * has the list sorted by the distance from where they are. The position is asked for when the reader wants it, and
 * stays on this page. Without this script the map, its links and its list are there.
 */

/** Units of the map between two circles, as in the drawing; and how far a step and a key go. */
const APART = 32;
const STEP = 2;
const MOST = 32;
/** Mean radius of the earth in metres. */
const EARTH = 6371000;

/**
 * @typedef {{ link: HTMLElement, name: string, url: string, x: number, y: number, north: number, east: number }} Place
 */
/** @typedef {{ mark: Element, number: string, places: Place[] }} Group */

customElements.define(
  'kawaraban-map',
  class extends HTMLElement {
    connectedCallback() {
      const svg = this.querySelector('svg');
      const list = this.querySelector('ol');
      if (svg && list) bring(this, svg, list);
    }
  },
);

/** @param {HTMLElement} map @param {SVGSVGElement} svg @param {HTMLOListElement} list */
function bring(map, svg, list) {
  const words = map.dataset;
  const links = [...list.children].map(
    (item) => /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll('[data-at]')),
  );
  /** @type {Group[]} */
  const groups = [...svg.querySelectorAll('a')].map((mark, index) => ({
    mark,
    number: `${index + 1}`,
    places: [...(links[index] ?? [])].map((link) => {
      const [x = 0, y = 0, north = 0, east = 0] = (link.dataset.at ?? '').split(' ').map(Number);
      return {
        link,
        name: link.textContent ?? '',
        url: link.getAttribute('href') ?? '',
        x,
        y,
        north,
        east,
      };
    }),
  }));
  const tools = document.createElement('div');
  tools.className = 'chart-files';
  const frame = document.createElement('div');
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  status.className = 'muted';
  svg.replaceWith(frame);
  frame.append(svg);
  frame.after(tools, status);
  const whole = svg.viewBox.baseVal;
  const { width, height } = whole;
  let zoom = 1;
  let [x, y] = [0, 0];

  /** @param {string} text @param {() => void} act */
  function button(text, act) {
    const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
    made.addEventListener('click', act);
    tools.append(made);
    return made;
  }

  /** Shows the part whose middle is at `east` and `south`, `times` as large as the whole. */
  function show(/** @type {number} */ times, east = x + width / zoom / 2, south = y + height / zoom / 2) {
    zoom = Math.max(1, Math.min(MOST, times));
    x = Math.max(0, Math.min(width - width / zoom, east - width / zoom / 2));
    y = Math.max(0, Math.min(height - height / zoom, south - height / zoom / 2));
    svg.setAttribute('viewBox', `${x} ${y} ${width / zoom} ${height / zoom}`);
    for (const text of svg.querySelectorAll('text[x]')) {
      const [left, top] = [text.getAttribute('x'), text.getAttribute('y')];
      text.setAttribute(
        'transform',
        `translate(${left} ${top}) scale(${1 / zoom}) translate(-${left} -${top})`,
      );
    }
    for (const mark of svg.querySelectorAll('a.apart')) mark.remove();
    for (const group of groups) {
      const parts = apart(group.places, APART / zoom);
      const one = zoom === 1 || parts.length < 2;
      group.mark.setAttribute('display', one ? 'inline' : 'none');
      const at = /translate\([^)]*\)/.exec(group.mark.getAttribute('transform') ?? '')?.[0] ?? '';
      group.mark.setAttribute('transform', `${at} scale(${1 / zoom})`);
      if (!one) for (const places of parts) group.mark.after(drawn(group, places, zoom));
    }
    shrink.disabled = reset.disabled = zoom === 1;
    grow.disabled = zoom === MOST;
    frame.toggleAttribute('tabindex', zoom > 1);
    if (zoom > 1) frame.tabIndex = 0;
    frame.style.touchAction = zoom > 1 ? 'none' : '';
  }

  const grow = button(words.in ?? '', () => show(zoom * STEP));
  const shrink = button(words.out ?? '', () => show(zoom / STEP));
  const reset = button(words.whole ?? '', () => show(1));
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', words.moves ?? '');
  frame.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === '+') show(zoom * STEP);
    else if (event.key === '-') show(zoom / STEP);
    else if (way && zoom > 1) {
      const step = width / zoom / 6;
      show(zoom, x + width / zoom / 2 + (way[0] ?? 0) * step, y + height / zoom / 2 + (way[1] ?? 0) * step);
    } else return;
    event.preventDefault();
  });
  drag(frame, (right, down) => {
    const unit = width / zoom / frame.clientWidth;
    show(zoom, x + width / zoom / 2 - right * unit, y + height / zoom / 2 - down * unit);
  });
  if ('geolocation' in navigator) {
    const near = button(words.near ?? '', () => {
      status.textContent = words.wait ?? '';
      near.disabled = true;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          near.disabled = false;
          sort(list, groups, coords, words);
          status.textContent = words.done ?? '';
          const details = list.closest('details');
          if (details) details.open = true;
        },
        () => {
          near.disabled = false;
          status.textContent = words.failed ?? '';
        },
        { timeout: 15000, maximumAge: 60000 },
      );
    });
  }
  show(1);
}

/** Calls `move` with the pixels by which the pointer drags `frame`; a click without dragging stays a click. */
function drag(/** @type {HTMLElement} */ frame, /** @type {(right: number, down: number) => void} */ move) {
  /** @type {PointerEvent | null} */
  let last = null;
  let moved = 0;
  frame.addEventListener('pointerdown', (event) => {
    last = event.isPrimary ? event : null;
    moved = 0;
  });
  frame.addEventListener('pointermove', (event) => {
    if (!last || event.pointerId !== last.pointerId || !frame.hasAttribute('tabindex')) return;
    const [right, down] = [event.clientX - last.clientX, event.clientY - last.clientY];
    moved += Math.abs(right) + Math.abs(down);
    last = event;
    if (moved > 4) move(right, down);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
    frame.addEventListener(end, () => (last = null));
  frame.addEventListener('dragstart', (event) => event.preventDefault());
  frame.addEventListener('click', (event) => {
    if (moved > 4) event.preventDefault();
  });
}

/** The places in groups, no two of which are nearer than `least`. @param {Place[]} places @param {number} least */
function apart(places, least) {
  /** @type {Place[][]} */
  const found = [];
  for (const place of places) {
    const near = found.find(([first]) => first && Math.hypot(first.x - place.x, first.y - place.y) < least);
    if (near) near.push(place);
    else found.push([place]);
  }
  return found;
}

/**
 * The mark of some places of `group`, with its number.
 * @param {Group} group @param {Place[]} places @param {number} zoom
 */
function drawn(group, places, zoom) {
  const mark = /** @type {Element} */ (group.mark.cloneNode(true));
  const middle = (/** @type {'x' | 'y'} */ axis) =>
    places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  mark.setAttribute('display', 'inline');
  mark.classList.add('apart');
  mark.setAttribute('transform', `translate(${middle('x')} ${middle('y')}) scale(${1 / zoom})`);
  const [first] = places;
  if (places.length === 1 && first) {
    mark.querySelector('.course')?.remove();
    if (first.url) mark.setAttribute('href', first.url);
  }
  const title = mark.querySelector('title');
  if (title) title.textContent = places.map((place) => place.name).join(', ');
  return mark;
}

/**
 * Sorts the list by the distance from where the reader is; each place keeps the number of its circle.
 * @param {HTMLOListElement} list @param {Group[]} groups @param {{ latitude: number, longitude: number }} from
 * @param {DOMStringMap} words
 */
function sort(list, groups, { latitude, longitude }, words) {
  const all = groups.flatMap(({ number, places }) =>
    places.map((place) => ({ number, place, metres: distance(place, latitude, longitude) })),
  );
  all.sort((one, other) => one.metres - other.metres);
  const known = new Set();
  list.replaceChildren(
    ...all.map(({ number, place, metres }) => {
      const item = Object.assign(document.createElement('li'), { value: Number(number) });
      // The circle of several places leads to the nearest of them.
      if (!known.has(number)) item.id = `${list.dataset.id}-${number}`;
      known.add(number);
      const far = metres < 995 ? words.metres : words.kilometres;
      const figure = metres < 995 ? Math.round(metres / 10) * 10 : (metres / 1000).toFixed(1);
      const said = Object.assign(document.createElement('span'), {
        className: 'muted',
        textContent: ` ${(far ?? '').replace('{figure}', `${figure}`)}`,
      });
      item.append(place.link, said);
      return item;
    }),
  );
}

/** Metres along the earth. @param {Place} place @param {number} latitude @param {number} longitude */
function distance({ north, east }, latitude, longitude) {
  const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const half = (/** @type {number} */ degrees) => Math.sin(radians(degrees) / 2) ** 2;
  const across = Math.cos(radians(north)) * Math.cos(radians(latitude)) * half(east - longitude);
  return 2 * EARTH * Math.asin(Math.sqrt(half(north - latitude) + across));
}
