import * as nodeDisk from 'node:fs/promises';
import { DurableFile } from '../storage/durable-file.ts';
import type { RefreshTokenPlace } from './refresh-token.ts';

const WHOLE_TEXT = { parse: (text: string) => text.trim(), print: (token: string) => token };

/** In a file that holds it and nothing else. */
export const refreshTokenFile = (path: string): RefreshTokenPlace => ({
  read: async () => (await nodeDisk.readFile(path, 'utf8')).trim(),
  async replace(used, newer) {
    const file = new DurableFile(nodeDisk, path, WHOLE_TEXT, () => Promise.resolve());
    if ((await file.read()) !== used) return 'overtaken';
    await file.write(newer);
    return 'stored';
  },
});
