// Further scripts: what a page does not need at first, loaded when it is needed. They lie beside the first one.
import { element } from './element.js';
import { once, STALL } from './reader.js';

/**
 * What one of them has, which it leaves behind as a global.
 * @template T
 * @param {string} first name of the first script
 * @param {string} file ending of the script's name
 * @param {string} name of the global
 * @returns {() => Promise<T>}
 */
export const further = (first, file, name) =>
  once(
    () =>
      new Promise((resolve, reject) => {
        const own = [...document.scripts].find(({ src }) => src.endsWith(first))?.src ?? '';
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
