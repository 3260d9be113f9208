import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PICTURES, takePictures } from '../../scripts/pictures.ts';

const FOLDER = 'tmp/pictures';

describe('the pictures of the README and of the guides', function () {
  this.timeout(180_000);
  this.slow(30_000);

  it('can be taken anew, and something is to be seen on each', async () => {
    rmSync(FOLDER, { recursive: true, force: true });

    const taken = await takePictures(FOLDER);

    assert.deepEqual(taken.toSorted(), PICTURES.toSorted());
    const seen = taken.map((file) => ({ file, ...look(readFileSync(`${FOLDER}/${file}`)) }));
    assert.deepEqual(
      seen.filter(({ width, height, drawn }) => width < 390 || height < 400 || drawn < 0.02),
      [],
    );
    const widthOf = (name: string): number | undefined => seen.find(({ file }) => file === name)?.width;
    assert.equal(widthOf('conversation.png'), 1440);
    assert.equal(widthOf('conversation-dark.png'), 1440);
  });
});

/** How large a PNG is, and how much of it differs from the pixel before or above: nothing of a blank one does. */
function look(png: Buffer): { readonly width: number; readonly height: number; readonly drawn: number } {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const pixels = inflateSync(Buffer.concat(parts));
  const drawn = pixels.reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0) / pixels.length;
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), drawn };
}
