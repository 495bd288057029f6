import type { Logger } from '../../lib/logger.ts';
import { messageOf } from '../../lib/words.ts';

/**
 * A logger that never writes the bot's token: request addresses contain it, and errors of the network quote addresses.
 * A cause is written as one line, so that no stack or inner error slips through.
 */
export function withoutToken(logger: Logger, token: string): Logger {
  // The part after the colon is the secret; alone it also covers `%3A` in addresses.
  const secret = token.slice(token.indexOf(':') + 1);
  const clean = (message: string) => (secret === '' ? message : message.replaceAll(secret, '***'));
  return {
    debug: (message) => {
      logger.debug(clean(message));
    },
    info: (message) => {
      logger.info(clean(message));
    },
    warn: (message) => {
      logger.warn(clean(message));
    },
    error: (message, cause) => {
      logger.error(clean(cause === undefined ? message : `${message} ${messageOf(cause)}`));
    },
  };
}
