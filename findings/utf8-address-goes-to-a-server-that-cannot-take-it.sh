#!/usr/bin/env bash
# Expected: a recipient with a letter outside of ASCII before the @ is refused by
# the SMTP client when the server does not offer SMTPUTF8, since RFC 6531 (3.2)
# forbids to send such an address there and no other spelling of it exists.
#
# nodemailer 10.6.1 writes SMTPUTF8 into MAIL FROM when the server offers it. If
# not, it leaves the word out and sends the raw UTF-8 address in RCPT TO anyway.
#
# Seen: a server whose EHLO answer offers nothing hears
# "RCPT TO:<jürgen@example.com>"; because it answers 250, the mail is "accepted".
#
# Why it matters: what such a server does with the bytes is its own affair (cut
# the eighth bit, read them as Latin-1, bounce later). An approved mail leaves
# with a recipient nobody can vouch for, and the sender's record says success.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.1

cat >check.mjs <<'CHECK'
import net from "node:net";
import nodemailer from "nodemailer";

const heard = [];
const server = net.createServer((socket) => {
  let text = "";
  socket.on("error", () => {});
  socket.write("220 mx.example.com ESMTP\r\n");
  socket.on("data", (chunk) => {
    text += chunk;
    for (let end; (end = text.indexOf("\r\n")) >= 0; text = text.slice(end + 2)) {
      const line = text.slice(0, end);
      if (/^(MAIL|RCPT)/.test(line)) heard.push(line);
      if (/^(EHLO|MAIL|RCPT)/.test(line) || line === ".") socket.write("250 ok\r\n");
      if (line === "DATA") socket.write("354 go on\r\n");
    }
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const { port } = server.address();
const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
const mail = { from: "ann@example.com", to: "jürgen@example.com", subject: "x", text: "x" };
const seen = await transport.sendMail(mail).then(
  (info) => `accepted ${JSON.stringify(info.accepted)}`,
  (error) => `error: ${error.message}`,
);

console.log("expected: an error, because the server offers no SMTPUTF8");
console.log("seen:    ", seen);
console.log("server heard:", heard);
const holds = heard.includes("RCPT TO:<jürgen@example.com>") && seen.startsWith("accepted");

console.log(holds ? "The surprise holds." : "CHANGED: nodemailer no longer sends such an address.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
