/**
 * Follows every link of a site from its home page with linkinator, fragments included.
 *
 *     node tests/validators/links.js SITE BASE_URL
 *
 * Addresses below BASE_URL are taken for the site's own; others are left alone, for the tests need no
 * network. Prints JSON: the broken links, and the paths that were reached.
 */

import { LinkChecker } from 'linkinator';

import { serve } from '../browser/server.js';

const [site, base] = process.argv.slice(2);
const server = await serve(site);
const local = `${server.origin}/`;
const escaped = base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const { links } = await new LinkChecker().check({
  path: local,
  recurse: true,
  checkFragments: true,
  concurrency: 20,
  // A connection that a busy machine did not open within ten seconds is no broken link.
  retryErrors: true,
  urlRewriteExpressions: [{ pattern: new RegExp(`^${escaped}`), replacement: local }],
  linksToSkip: async (link) => !link.startsWith(local),
});
await server.close();
console.log(JSON.stringify({
  broken: links
    .filter((link) => link.state === 'BROKEN')
    .map((link) => `${link.parent?.replace(local, '')} → ${link.url.replace(local, '')} (${link.status})`),
  reached: [...new Set(links
    .filter((link) => link.state === 'OK' && link.url.startsWith(local))
    .map((link) => decodeURIComponent(new URL(link.url).pathname.slice(1))))].sort(),
}));
