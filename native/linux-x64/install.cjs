// Lets the command of the package `peaqos` that is installed beside this one start the native command. Where that package
// is missing, has another version, or this system cannot run the binary, `peaqos` stays or becomes what it was.
// SPDX-License-Identifier: Apache-2.0
'use strict';

const { spawnSync } = require('node:child_process');
const { chmodSync, copyFileSync, existsSync, readFileSync, renameSync } = require('node:fs');
const { join } = require('node:path');

const { name, version } = require('./package.json');
const neighbour = join(__dirname, '../../peaqos');
const command = join(neighbour, 'dist/peaqos.cjs');
const kept = join(neighbour, 'dist/peaqos-node.cjs');

const isOurs = () => readFileSync(command, 'utf8').startsWith('#!/bin/sh');

// Makes a request, which loads libcurl; nobody answers at that port, and the command says so with this code.
const words = ['qualify', 'mcr', `did:peaq:0x${'0'.repeat(40)}`];
const environment = { PATH: process.env.PATH, PEAQOS_MCR_API_URL: 'http://127.0.0.1:9' };
const NO_ANSWER = 2;

// Why `peaqos` cannot be native, or undefined.
function obstacle() {
  const found = JSON.parse(readFileSync(join(neighbour, 'package.json'), 'utf8')).version;
  if (found !== version) return `peaqos beside it is ${found}`;
  const options = { encoding: 'utf8', env: environment, cwd: __dirname };
  const { status, stderr } = spawnSync(join(__dirname, 'bin/peaqos'), words, options);
  return status === NO_ANSWER ? undefined : `its binary does not run here: ${(stderr || 'it did not start').trim()}`;
}

function install() {
  if (!existsSync(command)) return 'peaqos is not installed beside it';
  const why = obstacle();
  if (why) {
    if (isOurs()) renameSync(kept, command);
    return why;
  }
  if (isOurs()) return undefined;
  renameSync(command, kept);
  // Renamed into place: a package manager may have linked its file to a store that others share.
  copyFileSync(join(__dirname, 'launcher.sh'), `${command}.new`);
  chmodSync(`${command}.new`, 0o755);
  renameSync(`${command}.new`, command);
  return undefined;
}

const why = install();
if (why) process.stderr.write(`${name} ${version} is not used (${why}). peaqos works without it.\n`);
