import type { Instant } from '../clock.ts';
import type { CustomerFinder } from '../customers/find-customers.ts';
import { asPerson } from '../partner-center/partner-center.ts';
import type { People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import { LOOKED_THROUGH } from '../requests/overview/removed-among.ts';
import type { RemovalRequests } from '../requests/removal-requests.ts';
import type { RemovalRequest, RequestRecord } from '../requests/request.ts';
import type { Claim } from '../storage/claim.ts';
import type { BatchRecord, Member } from './batch.ts';
import {
  isAskWanted,
  isClearWanted,
  isHandedInWith,
  lookedUp,
  nextStep,
  wasAsked,
  wasCleared,
  wasNotBegun,
  wasRead,
  wasStopped,
  type NextStep,
} from './batch-rules.ts';
import type { BatchChange, BatchStore } from './batch-store.ts';
import { lookUp } from './look-up.ts';
import { readingOf } from './reading-of.ts';

export interface BatchRunnerParts {
  readonly batches: BatchStore;
  readonly finder: Pick<CustomerFinder, 'find'>;
  readonly reader: Pick<ReadinessReader, 'read'>;
  readonly removals: Pick<RemovalRequests, 'send' | 'clear' | 'withdraw' | 'ofCustomer' | 'ofPerson' | 'find'>;
  readonly people: Pick<People, 'find'>;
  /** When the store was put back from a backup, if it was. */
  readonly restoredAt?: Instant;
}

/**
 * Does what there is to do about a batch, one thing after the other, each begun from what is stored: called again after a
 * crash it goes on where it was. A customer is asked for and cleared by the same use cases as a single one; what was begun for it before
 * a crash is found again there, and not begun twice.
 */
export function createBatchRunner(parts: BatchRunnerParts) {
  const { batches, finder, reader, removals, people, restoredAt } = parts;
  /** What somebody wanted before a restore does not go on by itself: they may have stopped it since, or it may have been done. */
  const isFromBefore = (wanted: { readonly at: Instant } | undefined): boolean =>
    restoredAt !== undefined && wanted !== undefined && wanted.at <= restoredAt;

  return async (claim: Claim): Promise<void> => {
    const id = claim.partition.slice(claim.partition.indexOf(':') + 1);
    for (;;) {
      const record = await batches.read(id);
      if (record === undefined) return;
      const next = nextStep(record);
      if (next === undefined) {
        if (await ended(id, claim)) return;
        continue;
      }
      for (const change of await taken(next, record))
        await batches.change(id, (stored) => stored && change(stored), claim);
    }
  };

  /** @returns whether nothing has come meanwhile. */
  async function ended(id: string, claim: Claim): Promise<boolean> {
    let isDone = true;
    await batches.change(
      id,
      (stored) => {
        isDone = stored === undefined || nextStep(stored) === undefined;
        return isDone && stored !== undefined ? { work: 'done' } : undefined;
      },
      claim,
    );
    return isDone;
  }

  type Outcome = (record: BatchRecord) => BatchChange | undefined;

  async function taken(step: NextStep, { batch }: BatchRecord): Promise<readonly Outcome[]> {
    const actAs = asPerson(batch.requester.id);
    switch (step.kind) {
      case 'look-up': {
        const ofPerson = (): Promise<readonly RequestRecord[]> => removals.ofPerson(batch.requester.id, LOOKED_THROUGH);
        const found = await lookUp(step.list.lines, {
          ...{ finder, actAs, ofPerson },
          ofCustomer: (customer) => removals.ofCustomer(customer),
        });
        return [(record) => (record.batch.list === undefined ? undefined : lookedUp(record, found))];
      }
      case 'read':
        return Promise.all(
          step.members.map(async ({ customer }): Promise<Outcome> => {
            const [readiness, latest] = await Promise.all([
              reader.read(customer.id, actAs, { fresh: true }),
              removals.ofCustomer(customer.id),
            ]);
            const reading = readingOf(readiness, latest, { batch: batch.id, person: batch.requester.id });
            const { companyName, domain } = readiness.customer ?? customer;
            return (record) => wasRead(record, customer.id, reading, { id: customer.id, companyName, domain });
          }),
        );
      case 'ask': {
        const outcome = await ask(step, batch.id, await known(batch.requester.id));
        return [(record) => wasAsked(record, step.member, outcome)];
      }
      case 'clear': {
        const outcome = await clear(step, batch.id, await known(batch.requester.id));
        return [(record) => wasCleared(record, step.member, outcome)];
      }
      case 'find':
        return [await find(step.member, batch.id)];
      case 'withdraw': {
        const what = await withdraw(step, batch.id, await known(batch.requester.id));
        return [(record) => wasStopped(record, step.member.customer.id, what)];
      }
    }
  }

  async function known(id: string): Promise<Person> {
    const person = await people.find(id);
    if (person === undefined) throw new Error('whoever has begun a batch is known');
    return person;
  }

  async function ask(
    { member, form, number }: Extract<NextStep, { kind: 'ask' }>,
    batchId: string,
    person: Person,
  ): Promise<Parameters<typeof wasAsked>[2]> {
    const { customer } = member;
    const before = await removals.ofCustomer(customer.id);
    // Handed in before a crash, whatever has become of it since.
    if (before?.request.batch?.id === batchId && before.request.batch.form === number)
      return { requestId: before.request.id };
    if (isFromBefore(member.ask)) return { why: 'restored' };
    const { endDelegatedAdmin, ...asked } = form;
    const sent = await removals.send({
      person,
      customer: customerOf(member),
      form: {
        ...asked,
        domain: customer.domain,
        ...(member.reading?.delegatedAdmin !== undefined && endDelegatedAdmin !== undefined && { endDelegatedAdmin }),
      },
      batch: { id: batchId, form: number },
    });
    return sent.kind === 'changed' ? { requestId: sent.record.request.id } : { why: sent.why };
  }

  async function clear(
    { member, holdingIds }: Extract<NextStep, { kind: 'clear' }>,
    batchId: string,
    person: Person,
  ): Promise<Parameters<typeof wasCleared>[2]> {
    if (isFromBefore(member.clear)) {
      const latest = await removals.ofCustomer(member.customer.id);
      return latest?.request.batch?.id === batchId ? { requestId: latest.request.id } : { why: 'restored' };
    }
    const readiness = await reader.read(member.customer.id, asPerson(person.id));
    const begun = await removals.clear({
      person,
      action: 'suspend',
      readiness,
      customer: readiness.customer ?? customerOf(member),
      holdingIds,
      batch: { id: batchId },
    });
    if (begun.kind === 'changed') return { requestId: begun.record.request.id };
    // Begun before a crash, and carried out since: nothing of it is left to do.
    const latest = begun.why === 'nothing-to-do' ? await removals.ofCustomer(member.customer.id) : undefined;
    return latest?.request.batch?.id === batchId ? { requestId: latest.request.id } : { why: begun.why };
  }

  /** What was begun before the batch was stopped, and was not noted: a crash, or *Stop*, came in between. */
  async function find(member: Member, batchId: string): Promise<Outcome> {
    const latest = await removals.ofCustomer(member.customer.id);
    const { id: requestId, batch } = latest?.request ?? {};
    if (requestId !== undefined && batch?.id === batchId) {
      if (isAskWanted(member) && batch.form === member.ask.form)
        return (record) => wasAsked(record, member, { requestId });
      if (isClearWanted(member)) return (record) => wasCleared(record, member, { requestId });
    }
    return (record) => wasNotBegun(record, member);
  }

  async function withdraw(
    { requestId }: Extract<NextStep, { kind: 'withdraw' }>,
    batchId: string,
    person: Person,
  ): Promise<NonNullable<Member['stop']>> {
    const isCurrent = (request: RemovalRequest): boolean => isHandedInWith(request, batchId);
    const decided = await removals.withdraw(requestId, { person, isCurrent });
    if (decided === undefined) return 'over';
    if (decided.kind === 'changed') return 'withdrawn';
    if (!isCurrent(decided.record.request)) return 'kept';
    switch (decided.why) {
      case 'repeated':
        return 'withdrawn';
      case 'already-decided':
        return 'over';
      default:
        return 'too-late';
    }
  }
}

export type BatchRunner = ReturnType<typeof createBatchRunner>;

const customerOf = ({ customer }: Member) => ({ ...customer, relationshipToPartner: 'reseller' });
