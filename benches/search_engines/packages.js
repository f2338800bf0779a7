/** Packages that `benches/peers.py` has installed. */

import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @type {(name: string) => any} */
export const packages = createRequire(join(process.env.BENCH_PACKAGES ?? '.', 'package.json'));
