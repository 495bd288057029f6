/**
 * A copy of the login beside the browser profile, because a profile forgets: session cookies at every clean close,
 * fresh logins when it is killed. Encrypted with a key that lies in a file of its own, both readable by the owner
 * only: that protects a copied backup, not a copied folder. Neither may lie in the vault.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { keptSecret, writePrivateFile } from '../lib/private-file.ts';
import type { BrowserContext } from 'playwright';
import type { BrowserSettings } from './browser-protocol.ts';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

const nonceBytes = 12;
const tagBytes = 16;

/** @returns false when it could not be written */
export async function keepBackup(context: BrowserContext, settings: BrowserSettings): Promise<boolean> {
  try {
    const cookies = await context.cookies(settings.baseUrl);
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', backupKey(settings), nonce);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(cookies), 'utf8'), cipher.final()]);
    const whole = Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    writePrivateFile(backupPath(settings), whole.toString('base64'));
    return true;
  } catch {
    return false;
  }
}

/** Puts the cookies back when the session cookie is missing. A backup that can't be read is no backup. */
export async function restoreBackup(
  context: BrowserContext,
  settings: BrowserSettings,
  sessionCookie: string,
): Promise<void> {
  const present = await context.cookies(settings.baseUrl);
  if (present.some((cookie) => cookie.name === sessionCookie)) return;
  try {
    const sealed = Buffer.from(await readFile(backupPath(settings), 'utf8'), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', backupKey(settings), sealed.subarray(0, nonceBytes));
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    const body = sealed.subarray(nonceBytes + tagBytes);
    const plain = Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    await context.addCookies(JSON.parse(plain) as Cookies);
  } catch {
    // None yet, or from another key: the person logs in again.
  }
}

const backupPath = ({ profileDir }: BrowserSettings): string =>
  join(dirname(profileDir), `${basename(profileDir)}-session.enc`);

const backupKey = ({ profileDir }: BrowserSettings): Buffer =>
  Buffer.from(
    keptSecret(join(dirname(profileDir), 'session.key'), () => randomBytes(32).toString('hex')),
    'hex',
  );
