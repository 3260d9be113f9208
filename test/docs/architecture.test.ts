import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { withDiagram } from '../../scripts/state-diagram.ts';

describe('ARCHITECTURE.md', () => {
  it('shows the states of a request as the code has them', async () => {
    const text = await readFile(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');

    assert.equal(text, withDiagram(text), 'draw it anew with "npm run diagrams"');
  });
});
