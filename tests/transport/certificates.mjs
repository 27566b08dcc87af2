// Certificates for tests of TLS, made by the openssl command in a folder that goes away with the process.
// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

const configuration = (folder) => `
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[ca]
default_ca = issuing
[issuing]
new_certs_dir = ${folder}
database = ${folder}/index.txt
unique_subject = no
serial = ${folder}/serial
default_md = sha256
policy = policy
[policy]
commonName = supplied
`;

/**
 * Makes an authority and servers' certificates: {authority: path of its PEM file, folder, good, expired, otherHost,
 * selfSigned}, the last four as {key, cert} for node:tls. `good` is for 127.0.0.1, ::1 and localhost.
 */
export async function makeCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-tls-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = (name) => join(folder, name);
  // Without the machine's openssl.cnf: whatever stands in there must not matter.
  writeFileSync(file('openssl.cnf'), configuration(folder));
  writeFileSync(file('index.txt'), '');
  writeFileSync(file('serial'), '01\n');
  const openssl = (...words) => run('openssl', words, { env: { ...process.env, OPENSSL_CONF: file('openssl.cnf') } });
  const created = (name) => ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)];
  const selfSign = (name, ...words) => openssl('req', '-x509', ...newKey, ...created(name), '-days', '2', ...words);
  const read = (name) => ({ key: readFileSync(file(`${name}.key`)), cert: readFileSync(file(`${name}.pem`)) });

  await selfSign('ca', '-subj', '/CN=peaqos test authority', '-extensions', 'authority');
  await selfSign('self', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost');

  async function issue(name, { names = 'IP:127.0.0.1,IP:::1,DNS:localhost', dates = ['-days', '2'] } = {}) {
    const [key, request, extensions] = ['key', 'csr', 'ext'].map((ending) => file(`${name}.${ending}`));
    writeFileSync(extensions, `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
    await openssl('req', ...newKey, '-keyout', key, '-out', request, '-subj', '/CN=peaqos test server');
    const signing = ['-batch', '-notext', '-cert', file('ca.pem'), '-keyfile', file('ca.key')];
    await openssl('ca', ...signing, '-in', request, '-out', file(`${name}.pem`), '-extfile', extensions, ...dates);
    return read(name);
  }

  return {
    folder,
    authority: file('ca.pem'),
    good: await issue('good'),
    expired: await issue('expired', { dates: ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'] }),
    otherHost: await issue('other', { names: 'DNS:other.example' }),
    selfSigned: read('self'),
  };
}
