// The second script: what a first search does not need, loaded when it is needed.
import { element } from './element.js';
import { once, STALL } from './reader.js';

/**
 * What the second script has (more.js).
 * @typedef {{complete: typeof import('./complete.js').complete, narrow: typeof import('./narrow.js').narrow,
 *   Filters: typeof import('./filters.js').Filters, reasons: typeof import('./reasons.js').reasons}} More
 */

/** The second script; it lies beside this one. @type {() => Promise<More>} */
export const more = once(
  () =>
    new Promise((resolve, reject) => {
      const own = [...document.scripts].find(({ src }) => /kawaraban-search\.js$/.test(src))?.src ?? '';
      const script = /** @type {HTMLScriptElement} */ (
        element('script', { src: own.replace(/.js$/, '-more.js') })
      );
      const fail = () => reject(new Error(`${script.src} does not arrive`));
      script.onload = () => resolve(/** @type {any} */ (globalThis).kawarabanMore);
      script.onerror = fail;
      setTimeout(fail, STALL);
      document.head.append(script);
    }),
);
