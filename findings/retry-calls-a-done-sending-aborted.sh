#!/usr/bin/env bash
# Expected: the signal of p-retry stops further attempts. When an attempt succeeds
# its result is the result, whatever happened to the signal meanwhile.
#
# p-retry 7.1.1 asks the signal once more after the attempt has ended well and
# throws AbortError instead of returning. The result is gone.
#
# Seen: the attempt ran once and got "250 accepted"; the caller gets an
# AbortError ("This operation was aborted").
#
# Why it matters: the signal is what a program aborts when it is told to stop, and
# a sending in progress is what it then waits for. The server has taken the mail,
# but the record says "aborted, not sent": the next start sends it again.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts p-retry@7.1.1

cat >check.mjs <<'CHECK'
import pRetry from "p-retry";

const stop = new AbortController();
let accepted = 0;
async function send() {
  stop.abort(); // the program is told to stop while the server is answering
  accepted += 1;
  return "250 accepted";
}
const seen = await pRetry(send, { signal: stop.signal, retries: 3, minTimeout: 1 }).then(
  (value) => `result: ${value}`,
  (error) => `${error.name}: ${error.message}`,
);

console.log("expected: result: 250 accepted");
console.log("seen:    ", seen, `(the server accepted ${accepted} mail)`);
const holds = accepted === 1 && seen.startsWith("AbortError");

console.log(holds ? "The surprise holds." : "CHANGED: the result of a finished attempt is returned.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
