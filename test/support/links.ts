import type { SeenMessage } from '../../sandbox/telegram/types.ts';

/** Every address a person can follow from a message: buttons, words that are links, and plain addresses. */
export const linksOf = ({ text, entities, buttons }: SeenMessage): readonly string[] => [
  ...buttons.flat().flatMap(({ url }) => url ?? []),
  ...entities.flatMap(({ url }) => url ?? []),
  ...(text.match(/https?:\/\/\S+/g) ?? []),
];
