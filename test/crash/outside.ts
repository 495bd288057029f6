/** Everything outside the product in the crash runs: chat, mail, a site that takes posts, and one for a real browser. It lives on while the product dies. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMailStandIn } from '../../sandbox/mail/index.ts';
import { createLinkedinStandIn } from '../../sandbox/sites/linkedin.ts';
import { createTelegramStandIn } from '../../sandbox/telegram/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Received } from '../../src/workflow/audit/index.ts';

export const ownerId = 4242;
const address = 'owner@example.com';
const password = 'secret';
const member = { email: address, password: 'a-long-password-77', name: 'Olive Owner', handle: 'olive-owner' };

export type Outside = Awaited<ReturnType<typeof createOutside>>;

export async function createOutside() {
  const telegram = await createTelegramStandIn({ clock: systemClock, random: systemRandom });
  const owner = telegram.addPerson({ id: ownerId, firstName: 'Olive' });
  const mail = await createMailStandIn({ email: address, password, clock: systemClock });
  const site = await createSite();
  const linkedin = await createLinkedinStandIn({ ...member, clock: systemClock });
  return {
    telegram,
    owner,
    mail,
    site,
    linkedin,
    environment: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_CHAT_ID: String(ownerId),
      TELEGRAM_APPROVERS: String(ownerId),
      TELEGRAM_API_ROOT: telegram.apiRoot,
      // Each story taps on a card of its own.
      DIGEST_FROM: '0',
      GMAIL_EMAIL: address,
      GMAIL_PASSWORD: password,
      IMAP_HOST: mail.imap.host,
      IMAP_PORT: String(mail.imap.port),
      IMAP_SECURE: 'false',
      SMTP_HOST: mail.smtp.host,
      SMTP_PORT: String(mail.smtp.port),
      SMTP_SECURE: 'false',
      POST_URL: site.url,
    },
    /** Added to it: posts leave through the real browser. */
    withBrowser: {
      POST_URL: '',
      LINKEDIN_URL: linkedin.url,
      LINKEDIN_EMAIL: member.email,
      LINKEDIN_PASSWORD: member.password,
    },
    /** What arrived, as far as the far side can see it. A mail carries the key of its run in the Message-ID. */
    received: (): readonly Received[] => [
      ...linkedin.posts().map(({ text }) => ({ effect: { text } })),
      ...site.posts().map(({ key, text }) => ({ key, effect: { text } })),
      ...mail.sent().map(({ headers, to }) => ({
        key: /^<cs-([0-9a-f]{20})@/.exec(headers.get('message-id') ?? '')?.[1] ?? 'no key in its Message-ID',
        effect: { to, subject: headers.get('subject') ?? '' },
      })),
    ],
    async stop() {
      await Promise.all([telegram.stop(), mail.stop(), site.stop(), linkedin.stop()]);
    },
  };
}

async function createSite() {
  const posts: { key: string; text: string }[] = [];
  /** What happens to the next posts: cut before they count, or after it. */
  const faults: ('before' | 'after')[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const asked = JSON.parse(body) as { key: string; text: string };
      if (request.url === '/post') {
        const fault = faults.shift();
        if (fault !== 'before') posts.push(asked);
        if (fault !== undefined) return void request.socket.destroy();
      }
      response.end(JSON.stringify({ seen: posts.some(({ key }) => key === asked.key) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts: () => posts,
    cut: (when: 'before' | 'after') => void faults.push(when),
    cutsLeft: () => faults.length,
    heal: () => void faults.splice(0),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
