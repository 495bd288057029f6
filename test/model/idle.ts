import { setImmediate } from 'node:timers/promises';

/**
 * Resolves when nothing is under way any more: no file operation, and nothing promised for the next turns. Only what
 * waits for held time, or for ever, is left. So a walk does one thing after the other and always in the same order.
 */
export async function idle(): Promise<void> {
  for (let calm = 0; calm < 4;) {
    await setImmediate();
    const busy = process.getActiveResourcesInfo().some((name) => /^FS|^CloseReq|^FileHandle/.test(name));
    calm = busy ? 0 : calm + 1;
  }
}
