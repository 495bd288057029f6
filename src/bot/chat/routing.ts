/**
 * Which chat and which section of it something belongs to. Pure: a driver makes a place of it. Everything goes into the usual
 * chat today; cards have a section for each platform, where there are sections.
 */
import type { Card } from '../../domain/card.ts';

/** `chat`: empty for the usual one; `section`: empty for its main one. */
export type ChatAddress = { readonly chat: string; readonly section: string };

export const home: ChatAddress = { chat: '', section: '' };

/** Digests, parts that fail, and what was missed. */
export const aboutAll: ChatAddress = { ...home, section: 'System' };

/** What belongs to no platform lies in the main section. */
export const addressOf = ({ platform = '' }: Pick<Card, 'platform'>): ChatAddress => ({ ...home, section: platform });
