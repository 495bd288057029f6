#!/usr/bin/env bash
# Expected: an SMTP client sends the mail's text only after the server answered
# DATA with 354. RFC 5321 (4.3.2) knows no success code for DATA before the text:
# 354 or an error. A 250 there means that client and server are out of step (a
# late answer to an earlier command, a proxy in between).
#
# nodemailer 10.6.1 takes the 250 as "go on": it sends the whole mail into a
# conversation which is out of step, and reports the next 250 as "accepted".
#
# Seen: DATA is answered with 250, the server never asks for text, nodemailer
# sends it all the same and resolves with accepted ["bob@example.com"].
#
# Why it matters: "accepted" is the moment after which a mail must never be sent
# again. Here it is claimed with an answer which belonged to another command, so
# a mail that no server took counts as sent.
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
      heard.push(line);
      if (/^(EHLO|MAIL|RCPT|DATA)/.test(line)) socket.write("250 ok\r\n");
      if (line === ".") socket.write("250 ok, but this was never asked for\r\n");
    }
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const { port } = server.address();
const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
const mail = { from: "ann@example.com", to: "bob@example.com", subject: "x", text: "the text" };
const seen = await transport.sendMail(mail).then(
  (info) => `accepted ${JSON.stringify(info.accepted)}, answer "${info.response}"`,
  (error) => `error: ${error.message}`,
);

console.log("expected: an error after DATA, and no text sent");
console.log("seen:    ", seen);
console.log("server heard the text:", heard.includes("the text"));
const holds = seen.startsWith("accepted") && heard.includes("the text");

console.log(holds ? "The surprise holds." : "CHANGED: nodemailer stops when DATA is answered with 250.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
