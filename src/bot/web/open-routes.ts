/** What needs no session because it shows nothing of anybody: our own files, health, figures. */
import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import { unmarked } from '../../lib/words.ts';
import type { Seat } from './guards.ts';
import type { SiteParts } from './parts.ts';

const assets: Readonly<Record<string, string>> = {
  'page.css': 'text/css; charset=utf-8',
  'card.css': 'text/css; charset=utf-8',
  'buttons.css': 'text/css; charset=utf-8',
  'lists.css': 'text/css; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

export function addOpenRoutes(site: Hono<Seat>, { metrics, healthz }: SiteParts): void {
  site.get('/pages/:name', async (c, next) => {
    const name = c.req.param('name');
    const type = assets[name];
    if (type === undefined || !Object.hasOwn(assets, name)) return next();
    const bytes = await readFile(new URL(`pages/${name}`, import.meta.url));
    return c.body(new Uint8Array(bytes), 200, { 'content-type': type });
  });
  site.get('/healthz', async (c) => {
    const health = await healthz();
    return c.json({ ...health, words: unmarked(health.words) }, health.ok ? 200 : 503);
  });
  site.get('/metrics', async (c) =>
    c.body(await metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
}
