/** Signatures of cookies, links and requests, and how two of them are compared. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../lib/hash.ts';

/** HMAC-SHA256 in base64url. */
export const sign = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** Compares without telling by its duration where two strings differ. */
export const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
