/**
 * **Saving a chart**: buttons below a chart or table save the drawing as SVG or PNG and the figures as CSV.
 *
 * Everything is made from the page itself, so the site needs no file for each chart. A saved drawing is 640
 * pixels wide,
 * has the light colours of the theme as attributes, and names its measure, unit, marks and source, because a picture
 * travels without its page. PNG is drawn on a canvas: the page's policy does not let a script load a picture that it
 * has made. Without this script the tables are there, and `data/` has all figures.
 */

const SAVED_WIDTH = 640;
const SAVED_MARGIN = 20;
/** Pixels of the PNG for each pixel of the drawing. */
const SAVED_SCALE = 2;
const SVG = 'http://www.w3.org/2000/svg';

for (const part of document.querySelectorAll('[data-save]')) addSaving(/** @type {HTMLElement} */ (part));

/** Puts the buttons below the figures. @param {HTMLElement} part */
function addSaving(part) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById('chart-files'));
  const place = part.querySelector('.chart-files');
  if (!template || !place) return;
  const chart = part.querySelector('svg.chart[role]');
  // The figures of a block of data are a file already.
  const hasFile = place.querySelector('a[download]') !== null;
  const name = `${
    location.pathname
      .split('/')
      .pop()
      ?.replace(/\.html$/, '') || 'chart'
  }.${part.dataset.save}`;
  for (const button of /** @type {DocumentFragment} */ (template.content.cloneNode(true)).querySelectorAll(
    'button',
  )) {
    const format = button.dataset.format;
    if (format === 'csv' ? hasFile : !chart) continue;
    const about = document.createElement('span');
    about.className = 'visually-hidden';
    about.textContent = ` ${part.dataset.name ?? ''}`;
    button.append(about);
    button.addEventListener('click', () => {
      if (format === 'csv')
        saveAs(`${name}.csv`, new Blob([figuresOf(part, template.dataset)], { type: 'text/csv' }));
      else if (chart)
        withDrawing(part, template.dataset.source ?? '', (drawing) => {
          if (format === 'png')
            asCanvas(drawing).toBlob((blob) => blob && saveAs(`${name}.png`, blob), 'image/png');
          else saveAs(`${name}.svg`, new Blob([asFile(drawing)], { type: 'image/svg+xml' }));
        });
    });
    place.append(button);
  }
}

/** @param {string} name @param {Blob} blob */
function saveAs(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Browsers read the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * The first table of `part` as CSV (RFC 4180, with a byte order mark for spreadsheet programs): years as
 * numbers, figures
 * without grouping, unknown ones empty; then the name, the unit and the notes.
 * @param {HTMLElement} part @param {DOMStringMap} words
 */
function figuresOf(part, words) {
  const table = part.querySelector('table');
  const { name, unit } = part.dataset;
  /** @type {Map<string, string>} */
  const notes = new Map();
  for (const note of part.querySelectorAll('li[data-year]')) {
    notes.set(
      /** @type {HTMLElement} */ (note).dataset.year ?? '',
      note.querySelector('.note')?.textContent ?? '',
    );
  }
  /** What every row has beside its figures. @param {string[]} values */
  const beside = (values) =>
    values.filter((_, index) => [unit !== undefined, unit !== undefined, notes.size > 0][index]);
  const rows = [
    [
      ...[...(table?.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? ''),
      ...beside([words.name ?? '', words.unit ?? '', words.note ?? '']),
    ],
  ];
  for (const row of table?.tBodies[0]?.rows ?? []) {
    const year = row.dataset.year;
    rows.push([
      ...[...row.cells].map((cell, index) => (index === 0 && year !== undefined ? year : figureIn(cell))),
      ...beside([name ?? '', unit ?? '', notes.get(year ?? '') ?? '']),
    ]);
  }
  return `\uFEFF${rows.map((row) => row.map(asCell).join(',')).join('\r\n')}\r\n`;
}

/** @param {HTMLElement} cell */
function figureIn(cell) {
  // A dash stands for what is not known.
  if (cell.querySelector('[aria-hidden]')) return '';
  const text = (cell.textContent ?? '').trim();
  return /^[-−]?[\d,]+(\.\d+)?%?$/.test(text) ? text.replaceAll(',', '').replace('−', '-') : text;
}

/** A text that a spreadsheet program would calculate gets an apostrophe. @param {string} text */
function asCell(text) {
  const isNumber = /^-\d+(\.\d+)?%?$/.test(text);
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumber ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Makes one drawing of the charts of `part` and hands it to `use` while it stands, unseen, in the page: only there
 * have its shapes a size and a colour.
 * @param {HTMLElement} part
 * @param {string} source
 * @param {(drawing: SVGSVGElement) => void} use
 */
function withDrawing(part, source, use) {
  const holder = document.createElement('div');
  Object.assign(holder.style, {
    position: 'absolute',
    insetInlineStart: '-9999px',
    top: '0',
    visibility: 'hidden',
    colorScheme: 'light',
  });
  for (const [name, value] of lightTokens()) holder.style.setProperty(name, value);
  holder.setAttribute('aria-hidden', 'true');
  document.body.append(holder);
  try {
    const drawing = shape('svg', { class: 'chart', width: SAVED_WIDTH, role: 'img' });
    holder.append(drawing);
    draw(/** @type {SVGSVGElement} */ (drawing), part, source);
    use(/** @type {SVGSVGElement} */ (drawing));
  } finally {
    holder.remove();
  }
}

/** The theme's tokens as they are in light colours, on white. @returns {Map<string, string>} */
function lightTokens() {
  /** @type {Map<string, string>} */
  const tokens = new Map();
  for (const sheet of document.styleSheets) {
    try {
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ':root') continue;
        for (const name of rule.style)
          if (name.startsWith('--')) tokens.set(name, rule.style.getPropertyValue(name));
      }
    } catch {
      // Pages from a file share may not read their style sheets; the colours are those that the reader sees.
    }
  }
  tokens.set('--paper', '#fff');
  return tokens;
}

/** @param {SVGSVGElement} drawing @param {HTMLElement} part @param {string} source */
function draw(drawing, part, source) {
  const inner = SAVED_WIDTH - 2 * SAVED_MARGIN;
  /** @type {SVGSVGElement[]} */
  const charts = [...part.querySelectorAll(/** @type {'svg'} */ ('svg.chart[role]'))];
  const several = charts.length > 1;
  /** @param {SVGSVGElement} chart @param {string} name */
  const said = (chart, name) => chart.querySelector(name)?.textContent ?? '';
  const title = several ? (part.dataset.name ?? '') : said(charts[0], 'title');
  const about = [document.querySelector('h1')?.textContent, part.dataset.about].filter(Boolean).join(' · ');
  const description = shape('desc', {});
  description.textContent = charts.map((chart) => said(chart, 'desc')).join(' ');
  const name = shape('title', {});
  name.textContent = title;
  drawing.append(name, description);
  const paper = shape('rect', { width: SAVED_WIDTH });
  drawing.append(paper);
  let down = 12;
  /** @param {string} text @param {number} size @param {string} className */
  const write = (text, size, className) => {
    for (const line of broken(text, size, inner)) {
      down += size * 1.4;
      const words = shape('text', { class: className, x: SAVED_MARGIN, y: down, 'font-size': size });
      words.textContent = line;
      drawing.append(words);
    }
  };
  write(title, 17, 'value');
  write(about, 13, 'label');
  down = drawKey(drawing, part, down + 24, inner);
  for (const chart of charts) {
    if (several) write(said(chart, 'title'), 13, 'value');
    const height = chart.height.baseVal.value;
    const figures = shape('svg', {
      x: SAVED_MARGIN,
      y: down + 12,
      width: inner,
      height,
      overflow: 'visible',
    });
    for (const child of chart.children) {
      if (!['title', 'desc'].includes(child.localName)) figures.append(child.cloneNode(true));
    }
    drawing.append(figures);
    down += 12 + height + 12;
  }
  write(source, 13, 'label');
  for (const [where, value] of Object.entries({
    height: down + SAVED_MARGIN,
    viewBox: `0 0 ${SAVED_WIDTH} ${down + SAVED_MARGIN}`,
  })) {
    drawing.setAttribute(where, `${value}`);
  }
  paper.setAttribute('height', `${down + SAVED_MARGIN}`);
  paper.setAttribute('class', 'paper');
  settle(drawing);
}

/**
 * What the marks mean, in as many lines as it takes; gives where the last one stands.
 * @param {SVGSVGElement} drawing @param {HTMLElement} part @param {number} down @param {number} inner
 */
function drawKey(drawing, part, down, inner) {
  let across = 0;
  for (const item of part.querySelectorAll('.key li')) {
    const text = item.textContent?.trim() ?? '';
    const swatch = item.querySelector('svg');
    // A mark that is a text says so itself.
    const mark = swatch && !swatch.querySelector('text') ? 28 : 0;
    const words = swatch?.querySelector('text')
      ? `${swatch.textContent?.trim()} ${text.replace(swatch.textContent?.trim() ?? '', '').trim()}`
      : text;
    const width = mark + widthOf(words, 13);
    if (across > 0 && across + width > inner) {
      across = 0;
      down += 20;
    }
    if (swatch && mark) {
      const copy = shape('svg', { x: SAVED_MARGIN + across, y: down - 11, width: 22, height: 14 });
      for (const child of swatch.children) copy.append(child.cloneNode(true));
      drawing.append(copy);
    }
    const label = shape('text', {
      class: 'label',
      x: SAVED_MARGIN + across + mark,
      y: down,
      'font-size': 13,
    });
    label.textContent = words;
    drawing.append(label);
    across += width + 20;
  }
  return down;
}

/** Makes the looks of every shape attributes of its own: a file has no style sheet. @param {SVGSVGElement} drawing */
function settle(drawing) {
  for (const element of [...drawing.querySelectorAll('rect, line, circle, path, text')]) {
    const looks = getComputedStyle(element);
    const sized = element.hasAttribute('font-size');
    const fill = isUnseen(looks.fill) || element.localName === 'line' ? 'none' : looks.fill;
    const stroke = isUnseen(looks.stroke) ? 'none' : looks.stroke;
    if (fill === 'none' && stroke === 'none') {
      element.remove();
      continue;
    }
    element.setAttribute('fill', fill);
    if (stroke !== 'none') {
      element.setAttribute('stroke', stroke);
      element.setAttribute('stroke-width', looks.strokeWidth);
      if (looks.strokeDasharray !== 'none') element.setAttribute('stroke-dasharray', looks.strokeDasharray);
    }
    if (element.localName === 'text') {
      if (!sized) element.setAttribute('font-size', looks.fontSize);
      element.setAttribute('font-weight', looks.fontWeight);
    }
  }
  for (const element of drawing.querySelectorAll('[class]')) element.removeAttribute('class');
  drawing.removeAttribute('class');
  drawing.setAttribute('font-family', 'sans-serif');
}

/** @param {string} colour */
function isUnseen(colour) {
  return colour === 'none' || colour === 'transparent' || /^rgba\(.*, 0\)$/.test(colour);
}

/** @param {SVGSVGElement} drawing */
function asFile(drawing) {
  const file = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  file.setAttribute('xml:lang', document.documentElement.lang);
  // Percentages of a nested drawing are of its own width, in every program that reads SVG.
  return `${new XMLSerializer().serializeToString(file)}\n`;
}

/** @param {SVGSVGElement} drawing */
function asCanvas(drawing) {
  const canvas = document.createElement('canvas');
  canvas.width = SAVED_WIDTH * SAVED_SCALE;
  canvas.height = drawing.height.baseVal.value * SAVED_SCALE;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const family = getComputedStyle(document.body).fontFamily;
  const toDrawing = drawing.getScreenCTM()?.inverse();
  for (const element of /** @type {NodeListOf<SVGGraphicsElement>} */ (
    drawing.querySelectorAll('rect, line, circle, path, text')
  )) {
    const place = element.getScreenCTM();
    if (!place || !toDrawing) continue;
    const { a, b, c, d, e, f } = toDrawing.multiply(place);
    context.setTransform(
      a * SAVED_SCALE,
      b * SAVED_SCALE,
      c * SAVED_SCALE,
      d * SAVED_SCALE,
      e * SAVED_SCALE,
      f * SAVED_SCALE,
    );
    /** @param {string} name */
    const look = (name) => element.getAttribute(name);
    context.fillStyle = look('fill') ?? 'none';
    context.strokeStyle = look('stroke') ?? 'none';
    context.lineWidth = parseFloat(look('stroke-width') ?? '1');
    context.setLineDash(
      (look('stroke-dasharray') ?? '')
        .split(/[\s,]+/)
        .map(parseFloat)
        .filter((length) => length >= 0),
    );
    if (element instanceof SVGTextElement) {
      context.font = `${look('font-weight')} ${parseFloat(look('font-size') ?? '13')}px ${family}`;
      context.textAlign = /** @type {CanvasTextAlign} */ (
        { middle: 'center', end: 'right' }[look('text-anchor') ?? ''] ?? 'left'
      );
      const x = first(element.x) + first(element.dx);
      context.fillText(element.textContent ?? '', x, first(element.y));
      continue;
    }
    const path = new Path2D(element instanceof SVGPathElement ? (look('d') ?? '') : undefined);
    if (element instanceof SVGRectElement) {
      path.rect(
        element.x.baseVal.value,
        element.y.baseVal.value,
        element.width.baseVal.value,
        element.height.baseVal.value,
      );
    } else if (element instanceof SVGLineElement) {
      path.moveTo(element.x1.baseVal.value, element.y1.baseVal.value);
      path.lineTo(element.x2.baseVal.value, element.y2.baseVal.value);
    } else if (element instanceof SVGCircleElement) {
      path.arc(element.cx.baseVal.value, element.cy.baseVal.value, element.r.baseVal.value, 0, 2 * Math.PI);
    }
    if (look('fill') !== 'none') context.fill(path);
    if (look('stroke')) context.stroke(path);
  }
  return canvas;
}

/** @param {SVGAnimatedLengthList} list */
function first(list) {
  return list.baseVal.numberOfItems > 0 ? list.baseVal.getItem(0).value : 0;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}

/** Pixels that `text` takes. @param {string} text @param {number} size */
function widthOf(text, size) {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size;
  context.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(text).width;
}

/** `text` in lines of at most `width` pixels. @param {string} text @param {number} size @param {number} width */
function broken(text, size, width) {
  const lines = [''];
  // Words stay whole; Japanese may break anywhere.
  for (const piece of text.match(/[\x21-\x7E]+\s*|[^\x21-\x7E]/g) ?? []) {
    const line = lines[lines.length - 1] + piece;
    if (lines[lines.length - 1] && widthOf(line, size) > width) lines.push(piece.trimStart());
    else lines[lines.length - 1] = line;
  }
  return lines.filter((line) => line.trim());
}
