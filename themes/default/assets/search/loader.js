// Further scripts: what a first search does not need, loaded when it is needed. They lie beside this one.
import { element } from './element.js';
import { once, STALL } from './reader.js';

/**
 * What one of them has, which it leaves behind as a global.
 * @template T
 * @param {string} file ending of the script's name
 * @param {string} name of the global
 * @returns {() => Promise<T>}
 */
const script = (file, name) =>
  once(
    () =>
      new Promise((resolve, reject) => {
        const own = [...document.scripts].find(({ src }) => /kawaraban-search\.js$/.test(src))?.src ?? '';
        const script = /** @type {HTMLScriptElement} */ (
          element('script', { src: own.replace(/.js$/, `-${file}.js`) })
        );
        const fail = () => reject(new Error(`${script.src} does not arrive`));
        script.onload = () => resolve(/** @type {any} */ (globalThis)[name]);
        script.onerror = fail;
        setTimeout(fail, STALL);
        document.head.append(script);
      }),
  );

/**
 * @type {() => Promise<{narrow: typeof import('./narrow.js').narrow, Filters: typeof
 *   import('./filters.js').Filters, reasons: typeof import('./reasons.js').reasons}>}
 */
export const more = script('more', 'kawarabanMore');

/** @type {() => Promise<{complete: typeof import('./complete.js').complete}>} */
export const completion = script('complete', 'kawarabanCompletion');
