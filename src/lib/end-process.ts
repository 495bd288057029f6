/**
 * Ends the process now. Node waits at its exit for threads that are in a call to the system, and one that waits for a
 * network folder or for the other end of a pipe may never come back: then only a kill ends it.
 */
export function endProcess(): never {
  const waits = process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
  if (waits) process.kill(process.pid, 'SIGKILL');
  return process.exit();
}
