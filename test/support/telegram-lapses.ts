import type { TelegramStandIn } from '../../sandbox/telegram/index.ts';

const withText = /^(?:sendMessage|editMessageText)$/;

/**
 * Everything the stand-in has to complain about, and what Telegram would take and we must not do: a preview of a link
 * shows what a stranger chose, and marks in a text let it look like ours.
 */
export function lapsesOf(telegram: TelegramStandIn): readonly string[] {
  const own = telegram.calls().flatMap(({ method, parameters }) => {
    const { parse_mode: marks, text } = parameters;
    const lapses: string[] = [];
    if (marks !== undefined) lapses.push(`${method}: parse_mode ${JSON.stringify(marks)}`);
    if (withText.test(method) && !isPreviewOff(parameters['link_preview_options'])) {
      lapses.push(`${method}: the preview of links is on for “${String(text).slice(0, 60)}”`);
    }
    return lapses;
  });
  return [...telegram.conformance(), ...own];
}

const isPreviewOff = (options: unknown): boolean =>
  typeof options === 'object' && options !== null && 'is_disabled' in options && options.is_disabled === true;
