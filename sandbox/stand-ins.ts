/** The three stand-ins with one owner, and the settings that let the product find them. */
import type { Clock } from '../src/lib/clock.ts';
import type { Random } from '../src/lib/random.ts';
import { createMailStandIn } from './mail/index.ts';
import type { MailStandIn } from './mail/index.ts';
import { createLinkedinStandIn } from './sites/linkedin.ts';
import { createTelegramStandIn } from './telegram/index.ts';

export type StandIns = {
  readonly mail: MailStandIn;
  /** What a visitor looks at. */
  readonly pages: { readonly phone: string; readonly linkedin: string };
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

const owner = { id: 4711, firstName: 'Sara', name: 'Sara Lind', handle: 'sara-lind', email: 'sara@lindandco.example' };

/** Starts them on free ports of this machine. */
export async function createStandIns(parts: { readonly clock: Clock; readonly random: Random }): Promise<StandIns> {
  const { clock, random } = parts;
  const password = random.key(16);
  const { email, name, handle } = owner;
  const telegram = await createTelegramStandIn({ clock, random });
  telegram.addPerson({ id: owner.id, firstName: owner.firstName });
  const linkedin = await createLinkedinStandIn({ email, password, name, handle, clock });
  const mail = await createMailStandIn({ email, password, clock });
  return {
    mail,
    pages: { phone: telegram.pageUrl, linkedin: linkedin.pageUrl },
    settings: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_CHAT_ID: String(owner.id),
      TELEGRAM_APPROVERS: String(owner.id),
      TELEGRAM_API_ROOT: telegram.apiRoot,
      GMAIL_EMAIL: email,
      GMAIL_PASSWORD: password,
      IMAP_HOST: mail.imap.host,
      IMAP_PORT: String(mail.imap.port),
      IMAP_SECURE: 'false',
      SMTP_HOST: mail.smtp.host,
      SMTP_PORT: String(mail.smtp.port),
      SMTP_SECURE: 'false',
      LINKEDIN_EMAIL: email,
      LINKEDIN_PASSWORD: password,
      LINKEDIN_URL: linkedin.url,
      // A window that opens by itself would only puzzle the visitor.
      BROWSER_HEADLESS: 'true',
      WEB_HOST: '127.0.0.1',
      HOLD_SECONDS: '10',
      // What the visitor makes arrive should be seen at once; who presses on sees the digest too.
      DIGEST_FROM: '6',
      CHECK_INTERVAL: '30',
    },
    async stop() {
      await Promise.all([telegram.stop(), linkedin.stop(), mail.stop()]);
    },
  };
}
