// The bill of materials that a package carries: CycloneDX 1.5, without times or random numbers, so that equal contents
// have equal bills.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

const npmPurl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function licenceOf(expression) {
  return / (AND|OR|WITH) /.test(expression) ? [{ expression }] : [{ license: { id: expression } }];
}

function componentOf({ name, part, version, licence, purl, sha256 }) {
  const reference = purl ? `${purl}@${version}` : npmPurl(name, version);
  return {
    type: 'library',
    'bom-ref': reference,
    name,
    version,
    ...(part && { description: part }),
    licenses: licenceOf(licence),
    purl: reference,
    ...(sha256 && { hashes: [{ alg: 'SHA-256', content: sha256 }] }), // of its source archive
  };
}

// A UUID of version 8, whose bits are anybody's choice: here those of a hash.
function serialOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The bill of a package ({name, version, description, license}) of this kind, with its components, as a value for JSON. */
export function billOf({ name, version, description, license }, kind, components) {
  const own = npmPurl(name, version);
  const parts = components.map(componentOf);
  const metadata = {
    component: { type: kind, 'bom-ref': own, name, version, description, licenses: licenceOf(license), purl: own },
  };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: serialOf(JSON.stringify([metadata, parts])),
    version: 1,
    metadata,
    components: parts,
    dependencies: [{ ref: own, dependsOn: parts.map((part) => part['bom-ref']) }],
  };
}
