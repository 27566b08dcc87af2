// What comments and pages cite is there: pages and their headings, decisions, points of the reference.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { accepted } from '../conformance/accepted/index.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((path) => path && existsSync(join(root, path)));
const pages = files.filter((path) => path.endsWith('.md'));
// Everything that people write; vectors and corpora are data of others.
const sources = files.filter(
  (path) =>
    !path.endsWith('.md') &&
    !/^tests\/(vectors|fuzz\/corpus)\/|^package-lock\.json$|\.(png|svg|woff2?|wasm|ico)$/.test(path) &&
    !path.startsWith('tests/docs/'),
);

/** A page's text without its blocks of code. */
const proseOf = (path) => read(path).replace(/^```[^]*?^```$/gm, '');

/** Anchors of a page as GitHub makes them from its headings. */
function anchorsOf(path) {
  const seen = new Map();
  return [...proseOf(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

/** What is wrong with a link to a file of the repository, or undefined. */
function problemOf(path, anchor) {
  if (!existsSync(join(root, path))) return `${path} is not there`;
  if (anchor && !anchorsOf(path).includes(anchor)) return `${path} has no heading #${anchor}`;
  return undefined;
}

test('links of pages lead to files and headings', () => {
  const problems = [];
  let count = 0;
  for (const page of pages) {
    for (const [, target] of proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path, anchor] = target.split('#');
      const problem = problemOf(path ? normalize(join(dirname(page), path)) : page, anchor);
      if (problem) problems.push(`${page}: ${problem}`);
      count += 1;
    }
  }
  assert.deepEqual(problems, []);
  assert.ok(count > 50, `${count} links`);
});

test('pages that sources cite are there, with the headings', () => {
  const problems = [];
  let count = 0;
  for (const source of sources) {
    for (const [cited, path, anchor] of read(source).matchAll(
      /(?<![\w/.-])((?:[\w.-]+\/)*[\w.-]+\.md)(?:#([\w-]+))?/g,
    )) {
      // A page of the repository, of the source's package, or one beside the source.
      const places = [path, join(source.split('/')[0], path), normalize(join(dirname(source), path))];
      const found = places.find((place) => existsSync(join(root, place)));
      const problem = found ? problemOf(found, anchor) : `there is no ${cited}`;
      if (problem && !cited.endsWith('LICENCE.md')) problems.push(`${source}: ${problem}`);
      count += 1;
    }
  }
  assert.deepEqual(problems, []);
  assert.ok(count > 40, `${count} citations`);
});

const records = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d\d-/.test(name));

test('decisions are numbered without a gap, and the index has all of them', () => {
  const index = read('docs/decisions/README.md');
  records.forEach((name, at) => {
    const [, number, title] = /^# (\d+)\. (.*)\n/.exec(read(`docs/decisions/${name}`));
    assert.equal(Number(number), at + 1);
    assert.equal(Number(name.slice(0, 2)), at + 1);
    assert.ok(index.includes(`| ${number} | [${title}](${name}) |`), title);
  });
});

test('cited decisions are recorded', () => {
  const numbers = [...sources, ...pages].flatMap((path) =>
    [...read(path).matchAll(/\bdecisions?\s+(\d+)(?:(?:,| and)\s+(\d+)\b)?/gi)].flatMap(([, ...cited]) =>
      cited.filter(Boolean).map((number) => [path, Number(number)]),
    ),
  );
  assert.ok(numbers.length > 100, `${numbers.length} citations`);
  assert.deepEqual(
    numbers.filter(([, number]) => number < 1 || number > records.length),
    [],
  );
});

test('points of the reference that reasons name are listed, and no others', () => {
  const listed = [...read('tests/conformance/README.md').matchAll(/^\| ((?:market )?[DG]\d+) \|/gm)].map(
    ([, id]) => id,
  );
  // "market D14, D19: why" names two defects of the market.
  const named = accepted.flatMap(({ reason }) => {
    const [points] = reason.split(': ');
    let prefix = '';
    return [...points.matchAll(/(market )?\b([DG]\d+)\b/g)].map(([, market, id]) => {
      prefix ||= market ?? '';
      return prefix + id;
    });
  });
  assert.deepEqual([...new Set(named)].sort(), listed.sort());
});
