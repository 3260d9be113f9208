import assert from 'node:assert/strict';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import type { DirectorySettings, User } from '../../../sandbox/graph/directory.ts';
import { startGraph, type GraphStandIn } from '../../../sandbox/graph/graph.ts';
import { newGuid } from '../../../services/ids.ts';
import { noTokens } from '../../../services/partner-center/token-source.ts';
import { createGraphPeople, type GraphPeople } from '../../../services/people/graph-people.ts';
import { expectFault } from '../partner-center/expect-fault.ts';
import { scriptedServer, type Scripted } from '../partner-center/scripted-server.ts';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [ADA, BO, GUEST, LEFT, NOBODY] = [id(1), id(2), id(3), id(4), id(9)] as const;
const [GROUP, INNER] = [id(100), id(101)] as const;
const APP = { id: id(200), externalId: id(201), displayName: 'Reseller Offboarding' };

const user = (number: number, more: Partial<User> = {}): User => ({
  id: id(number),
  displayName: `Person ${number}`,
  userPrincipalName: `person.${number}@partner.example`,
  userType: 'Member',
  accountEnabled: true,
  ...more,
});
const crowd = Array.from({ length: 25 }, (_, index) => user(1_000 + index));
const world: DirectorySettings = {
  users: [
    user(1, { managerId: BO }),
    user(2, { displayName: ' Bo\u202e\n Lind ' }),
    user(3, { userType: 'Guest', preferredLanguage: 'de-DE' }),
    user(4, { accountEnabled: false, preferredLanguage: 'not a language' }),
    ...crowd,
  ],
  groups: [
    { id: GROUP, displayName: 'Approvers', members: [BO, INNER, GUEST, LEFT] },
    { id: INNER, displayName: 'More', members: crowd.map((one) => one.id) },
  ],
  teamsApps: [APP],
};

/** A client whose pauses are not waited for. */
const clientOf = (url: string): GraphPeople =>
  createGraphPeople({
    ...{ url, tokens: noTokens, http: createDefaultHttpClient(), newId: newGuid },
    ...{ now: () => new Date(), sleep: () => Promise.resolve() },
  });

describe('people, read from Microsoft Graph', () => {
  let graph: GraphStandIn;
  let people: GraphPeople;

  before(async () => {
    graph = await startGraph(world);
    people = clientOf(graph.url);
  });
  beforeEach(() => {
    graph.reset();
  });
  after(() => graph.close());

  it('have an account that counts while it is enabled and a member’s', async () => {
    assert.deepEqual(await people.account(ADA), { id: ADA, name: 'Person 1', isMember: true });
    assert.equal((await people.account(GUEST))?.isMember, false);
    assert.equal((await people.account(LEFT))?.isMember, false);
  });

  it('have a language where the directory names one', async () => {
    const languages = await Promise.all([GUEST, LEFT, ADA].map(async (one) => (await people.account(one))?.language));

    assert.deepEqual(languages, ['de-DE', undefined, undefined]);
  });

  it('have a name without what cannot be seen', async () => {
    assert.equal((await people.account(BO))?.name, 'Bo Lind');
  });

  it('have no account where the directory says that there is none', async () => {
    assert.equal(await people.account(NOBODY), undefined);
  });

  it('are those of a group and of the groups in it, on however many pages', async () => {
    graph.faults.set({ switches: { pageCap: 10 } });

    const members = await people.members(GROUP);

    assert.deepEqual(
      members.map((one) => [one.id, one.isMember]).toSorted(),
      [
        ...[BO, ...crowd.map((one) => one.id)].map((one) => [one, true]),
        ...[GUEST, LEFT].map((one) => [one, false]),
      ].toSorted(),
    );
    assert.equal(graph.log.since(0).length, 3);
  });

  it('are nobody’s to tell where there is no such group', async () => {
    await expectFault(people.members(NOBODY), 'not-found');
  });

  it('have a manager or none', async () => {
    assert.equal(await people.manager(ADA), BO);
    assert.equal(await people.manager(BO), undefined);
  });

  it('get the app of the catalogue, and are left alone where they have it', async () => {
    const found = await people.catalogueId(APP.externalId.toUpperCase());

    assert.equal(found, APP.id);
    await people.installApp(BO, APP.id);
    await people.installApp(BO, APP.id);
    assert.equal(graph.directory.installationsOf(BO).length, 1);
    assert.deepEqual(
      graph.log
        .since(0)
        .slice(1)
        .map(({ status }) => status),
      [201, 409],
    );
  });

  it('do not get an app that an administrator’s policy blocks for them', async () => {
    graph.faults.set({ switches: { appBlockedFor: [BO] } });

    await expectFault(people.installApp(BO, APP.id), 'forbidden');
    assert.deepEqual(graph.directory.installationsOf(BO), []);
  });

  it('are asked for an app once only, whatever comes of it', async () => {
    graph.faults.set({ rules: [{ method: 'POST', kind: 'answer', status: 503 }] });

    await expectFault(people.installApp(BO, APP.id), 'unavailable');
    assert.equal(graph.log.since(0).length, 1);
  });

  it('find no app in a catalogue that has it not', async () => {
    assert.equal(await people.catalogueId(NOBODY), undefined);
  });
});

describe('an answer about people', () => {
  const asked = async <T>(script: readonly Scripted[], ask: (people: GraphPeople, url: string) => Promise<T>) => {
    const server = await scriptedServer(...script);
    try {
      return { answer: await ask(clientOf(server.url), server.url), received: server.received };
    } finally {
      await server.close();
    }
  };
  const member = { id: BO.toUpperCase(), displayName: 'Bo', accountEnabled: true, userType: 'Member' };
  const elsewhere = (url: string) => [
    `http://graph.invalid/v1.0/groups/${GROUP}/transitiveMembers/microsoft.graph.user?$skiptoken=x`,
    `${url}/v1.0/groups/${INNER}/transitiveMembers/microsoft.graph.user?$skiptoken=x`,
    `${url}/v1.0/users?$skiptoken=x`,
    'no address at all',
  ];

  for (const [at, what] of ['another host', 'another group', 'other people', 'nowhere'].entries())
    it(`that goes on at ${what} is none, and nobody is asked there`, async () => {
      const server = await scriptedServer({
        act(response) {
          response.end(JSON.stringify({ value: [member], '@odata.nextLink': elsewhere(server.url)[at] }));
        },
      });
      try {
        await expectFault(clientOf(server.url).members(GROUP), 'malformed');
        assert.equal(server.received.length, 1);
      } finally {
        await server.close();
      }
    });

  it('that never ends is none', async () => {
    const server = await scriptedServer({
      act(response) {
        const path = `/v1.0/groups/${GROUP}/transitiveMembers/microsoft.graph.user`;
        response.end(JSON.stringify({ value: [], '@odata.nextLink': `${server.url}${path}?$skiptoken=x` }));
      },
    });
    try {
      await assert.rejects(clientOf(server.url).members(GROUP), /never ends/);
    } finally {
      await server.close();
    }
  });

  it('goes on with the same header, without which Graph refuses the next page', async () => {
    const path = `/v1.0/groups/${GROUP}/transitiveMembers/microsoft.graph.user`;
    const server = await scriptedServer(
      {
        act(response) {
          response.end(JSON.stringify({ value: [member], '@odata.nextLink': `${server.url}${path}?$skiptoken=2` }));
        },
      },
      { json: { value: [] } },
    );
    try {
      const members = await clientOf(server.url).members(GROUP);

      assert.deepEqual(members, [{ id: BO, name: 'Bo', isMember: true }]);
      assert.deepEqual(
        server.received.map(({ headers }) => headers['consistencylevel']),
        ['eventual', 'eventual'],
      );
      assert.match(server.received[1]!.url, /\?\$skiptoken=2$/);
    } finally {
      await server.close();
    }
  });

  for (const [what, body] of [
    ['says nothing of whose it is', { ...member, userType: null }],
    ['says nothing of whether it is enabled', { ...member, accountEnabled: null }],
    ['says that it is enabled in words', { ...member, accountEnabled: 'yes' }],
  ] as const)
    it(`about an account which ${what} does not make it a member’s`, async () => {
      const { answer } = await asked([{ json: body }], (people) => people.account(BO));

      assert.equal(answer?.isMember, false);
    });

  for (const [what, body] of [
    ['is another’s', { ...member, id: ADA }],
    ['has no id', { ...member, id: undefined }],
    ['is no JSON', '<html>'],
  ] as const)
    it(`about an account which ${what} is none`, async () => {
      const script = typeof body === 'string' ? { text: body } : { json: body };
      await asked([script], (people) => expectFault(people.account(BO), 'malformed'));
    });

  it('of 404 from somebody else is not the directory’s word that there is no such account', async () => {
    await asked([{ status: 404, json: { code: 404 } }], (people) => expectFault(people.account(BO), 'not-found'));
  });
});
