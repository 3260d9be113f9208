import type { FileHandle } from 'node:fs/promises';
import type { Disk } from '../../services/storage/disk.ts';

interface File {
  readonly ino: bigint;
  content: string;
  /** What a power cut leaves. */
  synced: string;
  mtimeMs: number;
}
interface Folder {
  readonly entries: Map<string, Node>;
  /** The names that a power cut leaves. */
  synced: ReadonlyMap<string, Node>;
  /** Changes of names since the last fsync, in order: a power cut keeps the first few of them. */
  unsynced: (() => void)[];
}
type Node = { readonly file: File } | { readonly folder: Folder };

export type DiskCall =
  'link' | 'mkdir' | 'open' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'stat' | 'sync' | 'unlink' | 'write';
/** Asked around every call. May hang for ever, and may throw what the disk answers. */
export type DiskGate = (call: DiskCall, moment: 'before' | 'after', file: string) => Promise<void> | undefined;

const fault = (code: string, file: string): Error => Object.assign(new Error(`${code}: ${file}`), { code });
const newFolder = (): Folder => ({ entries: new Map(), synced: new Map(), unsynced: [] });

/**
 * A disk in memory that keeps what was fsynced, and nothing else for sure: content after `sync` of its file, names
 * after `sync` of their folder.
 */
export class MemoryDisk {
  readonly #now: () => Date;
  #root = newFolder();
  #lastIno = 0n;
  gate: DiskGate = () => undefined;
  /** Whether there is hardly any room left; what is written still finds some. */
  isNearlyFull = false;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** As one process sees it. */
  get disk(): Disk {
    const call = async <T>(name: DiskCall, file: string, work: () => T): Promise<T> => {
      // Where nobody waits for anything, nothing is waited for: there are hundreds of calls in a life.
      const before = this.gate(name, 'before', file);
      if (before !== undefined) await before;
      const result = work();
      const after = this.gate(name, 'after', file);
      if (after !== undefined) await after;
      return result;
    };
    const disk = {
      link: (from: string, to: string) =>
        call('link', to, () => {
          this.#put(to, this.#node(from), true);
        }),
      mkdir: (folder: string) => call('mkdir', folder, () => this.#makeFolder(folder)),
      open: (file: string, flags: string) => call('open', file, () => this.#open(file, flags, call)),
      readFile: (file: string) => call('readFile', file, () => this.#file(file).content),
      readdir: (folder: string) => call('readdir', folder, () => [...this.#folder(folder).entries.keys()]),
      rename: (from: string, to: string) =>
        call('rename', to, () => {
          const node = this.#node(from);
          this.#change(from, to, node);
        }),
      rm: (file: string) =>
        call('rm', file, () => {
          this.#remove(file);
        }),
      stat: (file: string) => call('stat', file, () => stats(this.#node(file))),
      statfs: (file: string) =>
        call('stat', file, () => ({ bsize: 4096, blocks: 1_000_000, bavail: this.isNearlyFull ? 100 : 900_000 })),
      unlink: (file: string) =>
        call('unlink', file, () => {
          this.#node(file);
          this.#remove(file);
        }),
    };
    return disk as unknown as Disk;
  }

  /** The process is gone: what it wrote stays, whatever was fsynced. */
  killed(): void {
    this.gate = () => undefined;
  }

  /** The power is gone. Of what was not fsynced some stays, as it happens; a file may be torn. */
  powerCut(chance: () => number): void {
    this.killed();
    const cut = (folder: Folder): void => {
      const kept = new Map(folder.synced);
      folder.entries.clear();
      for (const [name, node] of kept) folder.entries.set(name, node);
      const changes = folder.unsynced;
      folder.unsynced = [];
      for (const change of changes.slice(0, Math.floor(chance() * (changes.length + 1)))) change();
      folder.unsynced = [];
      folder.synced = new Map(folder.entries);
      for (const node of folder.entries.values()) {
        if ('folder' in node) cut(node.folder);
        else if (node.file.content !== node.file.synced) {
          const { content, synced } = node.file;
          // What was added to its end may be there, and torn.
          const added = content.startsWith(synced) ? content.length - synced.length : 0;
          node.file.content = synced + content.slice(synced.length, synced.length + Math.floor(chance() * (added + 1)));
          node.file.synced = node.file.content;
        }
      }
    };
    cut(this.#root);
  }

  /** What a power cut at this moment would leave of a file for sure. */
  durable(file: string): string | undefined {
    let folder: Folder = this.#root;
    const names = parts(file);
    for (const [at, name] of names.entries()) {
      const node = folder.synced.get(name);
      if (node === undefined) return undefined;
      if ('file' in node) return at === names.length - 1 ? node.file.synced : undefined;
      ({ folder } = node);
    }
    return undefined;
  }

  /** What is in a folder, if there is one. */
  names(folder: string): readonly string[] {
    const node = this.#find(folder);
    return node !== undefined && 'folder' in node ? [...node.folder.entries.keys()] : [];
  }

  /** Every file there is, by its path. */
  files(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const collect = (folder: Folder, below: string): void => {
      for (const [name, node] of folder.entries) {
        if ('file' in node) found.set(`${below}/${name}`, node.file.content);
        else collect(node.folder, `${below}/${name}`);
      }
    };
    collect(this.#root, '');
    return found;
  }

  /** Puts files there for good. */
  fill(files: ReadonlyMap<string, string>): void {
    const folders = new Set<Folder>();
    for (const [file, content] of files) {
      this.#makeFolder(folderOf(file));
      const ino = ++this.#lastIno;
      this.#put(file, { file: { ino, content, synced: content, mtimeMs: this.#now().getTime() } }, true);
      for (let at = file; at !== '/'; at = folderOf(at)) folders.add(this.#folder(folderOf(at)));
    }
    for (const folder of folders) settle(folder);
  }

  remove(file: string): void {
    const folder = this.#folder(folderOf(file));
    folder.entries.delete(nameOf(file));
    folder.synced = new Map([...folder.synced].filter(([name]) => name !== nameOf(file)));
  }

  #open(file: string, flags: string, call: <T>(name: DiskCall, file: string, work: () => T) => Promise<T>): FileHandle {
    const isAdding = flags === 'a';
    if (flags === 'wx' || (isAdding && this.#find(file) === undefined)) {
      const made = { file: { ino: ++this.#lastIno, content: '', synced: '', mtimeMs: this.#now().getTime() } };
      this.#put(file, made, true);
    }
    const node = this.#node(file);
    const handle = {
      writeFile: (text: string) => {
        const before = isAdding && 'file' in node ? node.file.content : '';
        // Whoever stops here leaves half of it.
        if ('file' in node) node.file.content = before + text.slice(0, text.length / 2);
        return call('write', file, () => {
          if ('file' in node) node.file.content = before + text;
        });
      },
      sync: () =>
        call('sync', file, () => {
          if ('file' in node) node.file.synced = node.file.content;
          else settle(node.folder);
        }),
      utimes: async () => {
        if ('file' in node) node.file.mtimeMs = this.#now().getTime();
      },
      stat: async () => stats(node),
      close: async () => undefined,
    };
    return handle as unknown as FileHandle;
  }

  #node(file: string): Node {
    const node = this.#find(file);
    if (node === undefined) throw fault('ENOENT', file);
    return node;
  }

  #find(file: string): Node | undefined {
    let node: Node | undefined = { folder: this.#root };
    for (const name of parts(file))
      node = node !== undefined && 'folder' in node ? node.folder.entries.get(name) : undefined;
    return node;
  }

  #file(file: string): File {
    const node = this.#node(file);
    if (!('file' in node)) throw fault('EISDIR', file);
    return node.file;
  }

  #folder(file: string): Folder {
    const node = this.#node(file);
    if (!('folder' in node)) throw fault('ENOTDIR', file);
    return node.folder;
  }

  #put(file: string, node: Node, isNew: boolean): void {
    const folder = this.#folder(folderOf(file));
    const name = nameOf(file);
    if (isNew && folder.entries.has(name)) throw fault('EEXIST', file);
    const change = (): void => {
      folder.entries.set(name, node);
    };
    change();
    folder.unsynced.push(change);
  }

  /** Two names at once, where they are in one folder: a journalled disk keeps both or neither. */
  #change(from: string, to: string, node: Node): void {
    const [source, target] = [this.#folder(folderOf(from)), this.#folder(folderOf(to))];
    const leave = (): void => {
      source.entries.delete(nameOf(from));
    };
    const arrive = (): void => {
      target.entries.set(nameOf(to), node);
    };
    leave();
    arrive();
    if (source === target) {
      source.unsynced.push(() => {
        leave();
        arrive();
      });
    } else {
      source.unsynced.push(leave);
      target.unsynced.push(arrive);
    }
  }

  #remove(file: string): void {
    const folder = this.#folder(folderOf(file));
    const remove = (): void => {
      folder.entries.delete(nameOf(file));
    };
    remove();
    folder.unsynced.push(remove);
  }

  #makeFolder(file: string): string | undefined {
    let folder = this.#root;
    let first: string | undefined;
    let at = '';
    for (const name of parts(file)) {
      at += `/${name}`;
      let node = folder.entries.get(name);
      if (node === undefined) {
        first ??= at;
        node = { folder: newFolder() };
        this.#put(at, node, true);
      }
      if (!('folder' in node)) throw fault('ENOTDIR', file);
      ({ folder } = node);
    }
    return first;
  }
}

/** Its names are there for good. */
function settle(folder: Folder): void {
  folder.synced = new Map(folder.entries);
  folder.unsynced = [];
}

/** The folder that something is in, and its name there; paths here begin with `/`, and are in no other form. */
const folderOf = (file: string): string => file.slice(0, Math.max(1, file.lastIndexOf('/')));
const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

const known = new Map<string, readonly string[]>();
/** The names on the way to a file. Those of what is written and renamed are used a few times, and not kept. */
function parts(file: string): readonly string[] {
  const before = known.get(file);
  if (before !== undefined) return before;
  const names = file.split('/').filter((name) => name !== '');
  if (!file.endsWith('.tmp') && known.size < 10_000) known.set(file, names);
  return names;
}

const stats = (node: Node): object => ({
  ino: 'file' in node ? node.file.ino : 0n,
  dev: 1n,
  mode: 'file' in node ? 0o100600 : 0o40700,
  mtimeMs: 'file' in node ? node.file.mtimeMs : 0,
  size: 'file' in node ? node.file.content.length : 0,
  isDirectory: () => 'folder' in node,
  isFile: () => 'file' in node,
});
