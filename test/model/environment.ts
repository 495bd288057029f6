/**
 * What a walk needs around it to go the same way each time: one thread for files, and a place where clocks change. Has to
 * be set before the process starts.
 */
export const modelEnvironment = { UV_THREADPOOL_SIZE: '1', TZ: 'Europe/Berlin' } as const;
