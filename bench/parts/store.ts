import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { auditKeyOf } from '../../services/audit/audit-chain.ts';
import { markedStore } from '../../services/audit/marked-store.ts';
import { byPerson } from '../../services/requests/moves.ts';
import { createRequestStore, refuse, type RequestStore } from '../../services/requests/request-store.ts';
import { UNDO_POLICY } from '../../services/requests/giving-back/undo-clock.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import type { Change } from '../../services/requests/change.ts';
import { Histogram, round } from '../measuring/histogram.ts';
import { AUDIT_KEY } from '../world/bot.ts';
import { REQUESTERS } from '../world/channel.ts';
import type { StoredRequest } from '../world/prepared-store.ts';
import { clearingUp, type Part } from './part.ts';

/** So many requests are changed in turn, in each store the same number, so that each grows as much. */
const CHANGED = 10;

/** What a change costs that is on the disk before anybody hears of it, with few and with many requests in the store. */
export const store: Part = {
  name: 'store',
  measure: (scope) =>
    clearingUp(async (later) => {
      const sizes = scope.isQuick ? [10, 20] : [10, 100, 1_000, 10_000];
      const stores: Measured[] = [];
      for (const size of sizes) {
        const prepared = await scope.store(size);
        const folder = prepared.copy();
        const opened = await openFileStore({ folder, boot: 'bench' });
        later(() => opened.close());
        const requests = requestsIn(opened);
        stores.push({ size, folder, requests, chosen: spread(prepared.requests), took: new Histogram() });
      }
      const plain = new Histogram();
      const replace = plainReplacing(stores[0]?.folder ?? '');
      for (let turn = 0; turn < scope.size(200, 3); turn++) {
        for (const { requests, chosen, took } of stores) {
          const began = performance.now();
          await note(requests, chosen[turn % chosen.length]?.id ?? '');
          took.add(performance.now() - began);
        }
        const began = performance.now();
        replace();
        plain.add(performance.now() - began);
      }
      const of = (size: number): number => round(stores.find((one) => one.size === size)?.took.at(0.5) ?? NaN);
      const [few = 0, , ,] = sizes;
      const many = sizes.at(-1) ?? 0;
      const details = Object.fromEntries(sizes.slice(1, -1).map((size) => [`with ${size}`, of(size)]));
      return [
        {
          id: 'durable-change',
          what: `a change of a request that is on the disk, ${many.toLocaleString('en-GB')} stored`,
          unit: 'ms',
          ours: of(many),
          floor: { what: `with ${few} stored`, value: of(few) },
          goal: { of: 'ratio', at: 'most', value: 1.5 },
          details: {
            ...details,
            p99Ms: round(stores.at(-1)?.took.at(0.99) ?? NaN),
            'a file replaced, without us': round(plain.at(0.5)),
          },
        },
      ];
    }),
};

interface Measured {
  readonly size: number;
  readonly folder: string;
  readonly requests: RequestStore;
  readonly chosen: readonly StoredRequest[];
  readonly took: Histogram;
}

const requestsIn = (opened: Awaited<ReturnType<typeof openFileStore>>): RequestStore => {
  const clock = (): Date => new Date();
  return createRequestStore({
    ...{ store: markedStore(opened, clock), clock, boot: 'bench', leaseMs: 60_000, undo: UNDO_POLICY },
    auditKey: auditKeyOf(Buffer.from(AUDIT_KEY, 'hex')),
    wake: { due: () => undefined, claimed: () => undefined },
  });
};

const spread = (all: readonly StoredRequest[]): readonly StoredRequest[] =>
  Array.from({ length: CHANGED }, (_, n) => all[Math.floor((n * all.length) / CHANGED)]).filter(
    (one) => one !== undefined,
  );

/** Says on its record that somebody tried what they may not. */
async function note(requests: RequestStore, id: string): Promise<void> {
  const audit: Change['audit'] = [
    { action: 'refused', actor: byPerson(REQUESTERS[0].id), detail: { why: 'not-asked' } },
  ];
  const changed = await requests.change(id, (record) =>
    record ? { request: record.request, audit } : refuse('missing'),
  );
  if (changed.kind === 'refused') throw new Error(`there is no request ${id}`);
}

/** The least that it takes: a file as large is written beside, made to last, and put in its place. */
function plainReplacing(folder: string): () => void {
  const [name = ''] = readdirSync(path.join(folder, 'request'));
  const text = readFileSync(path.join(folder, 'request', name), 'utf8');
  const own = path.join(folder, '..', 'plain');
  mkdirSync(own, { recursive: true });
  const [file, temporary] = [path.join(own, 'file.json'), path.join(own, 'file.tmp')];
  const sync = (of: string, flags: string, written?: string): void => {
    const handle = openSync(of, flags);
    if (written !== undefined) writeSync(handle, written);
    fsyncSync(handle);
    closeSync(handle);
  };
  return () => {
    sync(temporary, 'w', text);
    renameSync(temporary, file);
    if (process.platform !== 'win32') sync(own, 'r');
  };
}
