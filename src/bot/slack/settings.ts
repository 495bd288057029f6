/** Slack’s rows of the settings. The chat itself is not built; whoever sets one is told so. */
import { notYet, secret, setting, text, url } from '../../domain/setting.ts';
import type { NotBuilt } from '../../domain/setting.ts';

export const slack: NotBuilt = {
  label: 'Slack',
  rows: [
    setting('SLACK_BOT_TOKEN', secret, '', `xoxb-…${notYet}`),
    setting('SLACK_APP_TOKEN', secret, '', `xapp-…${notYet}`),
    setting('SLACK_SIGNING_SECRET', secret, '', notYet.trim()),
    setting('SLACK_CHANNEL', text, '', notYet.trim()),
    setting('SLACK_APPROVERS', text, '', notYet.trim()),
    setting('SLACK_COMMAND', text, '/employee', notYet.trim()),
    setting('SLACK_API_URL', url, '', notYet.trim()),
  ],
  setUpBy: 'SLACK_BOT_TOKEN',
};
