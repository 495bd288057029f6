/** Everything that shows cards, put together. */
import type { Api } from 'grammy';

import type { Exhibits } from '../../domain/exhibits.ts';
import type { Memory } from '../../domain/ports.ts';
import { createCards } from './cards.ts';
import type { Cards } from './cards.ts';
import type { Outgoing } from './outgoing.ts';
import { createPictures } from './pictures.ts';
import type { Quiet } from './quiet.ts';
import type { Remembered } from './remembered.ts';
import { createMediaMemory } from './shown-media.ts';
import type { MediaMemory } from './shown-media.ts';
import { createUploads } from './uploads.ts';
import type { Uploads } from './uploads.ts';

export type Showing = { readonly cards: Cards; readonly media: MediaMemory; readonly uploads: Uploads };

/** @param parts_.api the client for uploads */
export function createShowing(parts: {
  readonly api: Api;
  readonly outgoing: Outgoing;
  readonly remembered: Remembered;
  readonly quiet: Quiet;
  readonly memory: Memory;
  readonly exhibits: Exhibits;
}): Showing {
  const { api, outgoing, remembered, quiet, exhibits } = parts;
  const uploads = createUploads({ api, inChat: outgoing.inChat });
  const media = createMediaMemory(parts.memory);
  const pictures = createPictures({ uploads, outgoing, remembered, media, exhibits });
  return { cards: createCards({ outgoing, uploads, pictures, media, remembered, quiet }), media, uploads };
}
