/**
 * A **plain static file server**, as any host is one: it sends files as they lie, a folder's
 * `index.html`, `404.html` where there is nothing, and the strictest policy that the site promises to
 * live under. No rewriting, no cache; texts are compressed where a test asks for it.
 */

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const MEDIA_TYPES = new Map(Object.entries({
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
}));

/**
 * Serves `folder` on a free port of the loopback.
 * @param {string} folder
 * @param {{compress?: boolean, below?: string, headers?: Record<string, string>}} [options] `compress` texts, as most
 *   hosts do; the site lies `below` a path of the host; `headers` that are sent besides, or others than usual
 * @returns {Promise<{origin: string, requests: string[], posted: Promise<any>, close: () => Promise<void>}>} `requests`
 *   are the paths asked for, in order; `posted` is the first JSON that a page sends back.
 */
export async function serve(folder, { compress = false, below = '/', headers = {} } = {}) {
  /** @type {string[]} */
  const requests = [];
  /** @type {(value: any) => void} */
  let post = () => {};
  const posted = new Promise((resolve) => { post = resolve; });
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(path);
    if (request.method === 'POST') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      post(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.end();
      return;
    }
    const isOurs = path.startsWith(below);
    const inside = `/${path.slice(below.length)}`;
    const wanted = normalize(inside.endsWith('/') ? `${inside}index.html` : inside);
    const content = isOurs ? await readFile(join(folder, wanted)).catch(() => null) : null;
    const missing = isOurs ? await readFile(join(folder, '404.html')).catch(() => null) : null;
    const body = content ?? missing ?? Buffer.from('not found');
    const type = content ? MEDIA_TYPES.get(extname(wanted)) ?? 'application/octet-stream' : 'text/html; charset=utf-8';
    const gzip = compress && /^text|json|xml/.test(type) && request.headers['accept-encoding']?.includes('gzip');
    const sent = gzip ? gzipSync(body) : body;
    response.writeHead(content ? 200 : 404, {
      'Content-Type': type,
      'Content-Length': sent.length,
      ...gzip ? { 'Content-Encoding': 'gzip' } : {},
      'Content-Security-Policy': "default-src 'self'",
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : sent);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    posted,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
