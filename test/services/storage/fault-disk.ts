import * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Disk } from '../../../services/storage/disk.ts';

/** A call that reaches the disk; `fsync folder` makes names durable, `fsync` content. */
export type DiskCall = 'open' | 'read' | 'write' | 'fsync' | 'rename' | 'fsync folder' | 'unlink' | 'link' | 'list';

/** The real disk, which remembers what was asked of it and fails where it is told to. */
export class FaultDisk {
  readonly calls: { readonly call: DiskCall; readonly path: string }[] = [];
  /** Names the error code with which a call fails; undefined lets it through. */
  fault: (call: DiskCall, path: string) => string | undefined = () => undefined;

  readonly disk: Disk = {
    ...fs,
    open: async (path, flags, mode) => {
      this.#reach('open', String(path));
      return this.#watched(await fs.open(path, flags, mode), String(path), flags === 'r');
    },
    rename: async (from, to) => {
      this.#reach('rename', String(to));
      await fs.rename(from, to);
    },
    unlink: async (path) => {
      this.#reach('unlink', String(path));
      await fs.unlink(path);
    },
    link: async (from, to) => {
      this.#reach('link', String(to));
      await fs.link(from, to);
    },
    readFile: ((path: string, encoding: 'utf8') => {
      this.#reach('read', path);
      return fs.readFile(path, encoding);
    }) as Disk['readFile'],
    readdir: (async (path: string) => {
      this.#reach('list', path);
      return fs.readdir(path);
    }) as unknown as Disk['readdir'],
  };

  #watched(handle: FileHandle, path: string, isFolder: boolean): FileHandle {
    const write = handle.writeFile.bind(handle);
    const sync = handle.sync.bind(handle);
    handle.writeFile = async (...content) => {
      this.#reach('write', path);
      await write(...content);
    };
    handle.sync = async () => {
      this.#reach(isFolder ? 'fsync folder' : 'fsync', path);
      await sync();
    };
    return handle;
  }

  #reach(call: DiskCall, path: string): void {
    const code = this.fault(call, path);
    if (code !== undefined) throw Object.assign(new Error(`${code}: told to fail`), { code });
    this.calls.push({ call, path });
  }
}
