import * as nodeDisk from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Disk } from '../../services/storage/disk.ts';
import type { Boundaries } from './boundaries.ts';

/** The real disk, with a boundary at each call that changes something below the folder. */
export function hookedDisk(boundaries: Boundaries, folder: string): Disk {
  /** Files that are not in their place yet, by what they hold. */
  const written = new Map<string, string>();
  const name = (file: string): string => written.get(file) ?? nameOf(path.relative(folder, file));
  const at = <T>(call: string, file: string, work: () => Promise<T>): Promise<T> =>
    boundaries.cross(`${call} ${name(file)}`, work);

  const hook = (handle: FileHandle, file: string, isNew: boolean): FileHandle => {
    const [write, writeFile, sync] = [
      handle.write.bind(handle),
      handle.writeFile.bind(handle) as (text: string) => Promise<void>,
      handle.sync.bind(handle),
    ];
    return Object.assign(handle, {
      writeFile(text: string) {
        written.set(file, name(file) + stateIn(text));
        return boundaries.cross(
          `write ${name(file)}`,
          () => writeFile(text),
          () => write(Buffer.from(text).subarray(0, Buffer.byteLength(text) / 2)),
        );
      },
      sync: () => at(isNew ? 'sync' : 'sync folder', file, sync),
    });
  };
  const hooked = {
    async open(file: string, flags: string, mode?: number): Promise<FileHandle> {
      if (flags === 'r') return hook(await nodeDisk.open(file, flags), file, false);
      return hook(await at('create', file, () => nodeDisk.open(file, flags, mode)), file, true);
    },
    link: (from: string, to: string) => at('link', to, () => nodeDisk.link(from, to)),
    mkdir: (file: string, options: object) => at('mkdir', file, () => nodeDisk.mkdir(file, options)),
    async rename(from: string, to: string): Promise<void> {
      await at('rename', from, () => nodeDisk.rename(from, to));
      written.delete(from);
    },
    rm: (file: string, options: object) => at('rm', file, () => nodeDisk.rm(file, options)),
    unlink: (file: string) => at('unlink', file, () => nodeDisk.unlink(file)),
  };
  return { ...nodeDisk, ...(hooked as unknown as Partial<Disk>) };
}

/**
 * The same name for the same file of the same job, whatever ids it got this time: `request` of `request/<id>.json`,
 * `person/0000` of one person's file, which has the same id always.
 */
function nameOf(file: string): string {
  const [kind = '', rest = ''] = file.split(path.sep);
  if (rest === '') return kind.replace(/^(owner\.lock|\.[a-z.]+)\..*$/, '$1') || 'store';
  const id = rest.replace(/^[._]+/, '').replace(/\..*$/, '');
  return ['person', 'customer'].includes(kind) ? `${kind}/${id.slice(-4)}` : kind;
}

/** What has become of a request by this commit. */
function stateIn(text: string): string {
  const [, state] = /"request":\{"value":\{.*?"state":"([a-z]+)"/.exec(text) ?? [];
  return state === undefined ? '' : ` ${state}`;
}
