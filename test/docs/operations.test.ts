import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const read = (file: string): Promise<string> => readFile(new URL(file, root), 'utf8');
const PAGES = ['operations.md', 'first-live-run.md', 'store-checklist.md', 'configuration.md', 'try-it.md'] as const;

/** How headings are linked to. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

describe('docs/operations.md', () => {
  it('says what each warning and each error of the log means', async () => {
    const page = (await read('docs/operations.md')).replaceAll('…', '');
    const told: string[] = [];
    for await (const file of glob('{bot,services}/**/*.ts', { cwd: fileURLToPath(root) })) {
      for (const [, sentence = ''] of (await read(file)).matchAll(/log\.(?:warn|error)\(\s*'([^']+)'/g))
        told.push(sentence);
    }
    const isExplained = (sentence: string): boolean =>
      page.includes(`*${sentence}*`) ||
      [...page.matchAll(/\*([^*|\n]{12,}?) ?\*/g)].some(([, known = '']) => sentence.startsWith(known));

    assert.ok(told.length > 20);
    assert.deepEqual(
      [...new Set(told)].filter((sentence) => !isExplained(sentence)),
      [],
    );
  });

  it('names every permission that is looked for', async () => {
    const [page, code] = await Promise.all([read('docs/operations.md'), read('bot/checking/check-graph.ts')]);
    const permissions = [...code.matchAll(/\['([A-Za-z]+(?:\.[A-Za-z]+)+)'/g)].map(([, name = '']) => name);

    assert.ok(permissions.length >= 4);
    assert.deepEqual(
      permissions.filter((name) => !page.includes(`\`${name}\``)),
      [],
    );
  });
});

describe('the pages for operators', () => {
  for (const page of PAGES) {
    it(`lead where they say: ${page}`, async () => {
      const text = await read(`docs/${page}`);
      const dead: string[] = [];
      for (const [, file = '', anchor] of text.matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g)) {
        const target = file === '' ? page : file;
        const url = new URL(`docs/${target}`, root);
        const headings = existsSync(url)
          ? [...(await readFile(url, 'utf8')).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
          : undefined;
        if (headings === undefined || (anchor !== undefined && !headings.includes(anchor)))
          dead.push(`${target}#${anchor ?? ''}`);
      }

      assert.deepEqual(dead, []);
    });
  }

  it('name tests that are there', async () => {
    const named = [...(await read('docs/store-checklist.md')).matchAll(/`(test\/[\w/.-]+)`/g)].map(
      ([, file = '']) => file,
    );

    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((file) => !existsSync(new URL(file, root))),
      [],
    );
  });
});
