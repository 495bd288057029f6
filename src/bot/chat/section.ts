/** Which section of a chat something belongs to, where it has sections. */
import type { Card } from '../../domain/card.ts';

/** Digests, parts that fail, and what was missed. */
export const systemTopic = 'System';

/** Names of topics are those of platforms; what belongs to none lies in General. */
export const topicOf = ({ platform = '' }: Pick<Card, 'platform'>): string => platform;
