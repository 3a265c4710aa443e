// Unpacks the browser and the libraries it needs into the folder named on the command line.
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const from = "node_modules/@sparticuz/chromium/bin/";
const to = process.argv[2];

const unpack = (name, target, mode) =>
  pipeline(createReadStream(from + name), createBrotliDecompress(), createWriteStream(target, { mode }));

mkdirSync(to, { recursive: true });
for (const pack of ["al2023", "swiftshader", "fonts"]) {
  await unpack(`${pack}.tar.br`, `${to}/${pack}.tar`);
  execFileSync("tar", ["-xf", `${to}/${pack}.tar`, "-C", to]);
  rmSync(`${to}/${pack}.tar`);
}
// The package's own font settings point at folders of the service it was made for.
writeFileSync(
  `${to}/fonts.conf`,
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${to}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${to}/font-cache</cachedir></fontconfig>\n`,
);
await unpack("chromium.br", `${to}/unfinished`, 0o755);
renameSync(`${to}/unfinished`, `${to}/chromium`); // never half unpacked
