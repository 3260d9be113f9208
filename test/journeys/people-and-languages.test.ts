import assert from 'node:assert/strict';
import { newGuid } from '../../services/ids.ts';
import { defaultPeople, MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { activityFrom, post, startJourney, type Journey } from '../support/journey.ts';
import { about, domainOf, removalsOf, seatOf, type Seat } from './steps.ts';

const CYRILLIC = /[а-яё]/i;

describe('a request between somebody who reads Russian and somebody who reads English', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;

  const start = async (requesters: string, managers: string): Promise<void> => {
    const [one, other] = defaultPeople();
    journey = await startJourney({
      chat: {
        people: [
          { ...one!, locale: requesters },
          { ...other!, locale: managers },
        ],
      },
    });
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  };
  afterEach(() => journey.close());

  it('is in Russian for the one and in English for the other, to its end', async () => {
    const name = 'fabrikambikes';
    await start('ru-RU', 'en-US');

    await requester.says(`удалить ${domainOf(name)}`);
    const card = await requester.sees(about(name), CYRILLIC);
    await requester.forges(card, 'removal.form', dataOfButton(card, 'removal.form'));
    const form = requester.now(card);
    await requester.forges(form, 'removal.send', {
      ...dataOfButton(form, 'removal.send'),
      reason: 'Договор закончился, продлевать не будут.',
      domain: domainOf(name),
      approver: MANAGER_OBJECT_ID,
    });
    const approval = await manager.sees(about(name), /End this reseller relationship\?/);
    const asked = manager.reads(approval);
    await manager.presses(approval, 'Approve');
    await manager.presses(approval, 'Yes, approve', { comment: 'Fine with me.' });
    const [own, theirs] = [
      await requester.sees(about(name), /Fine with me\./, /гиперссылк|ссылк/i),
      await manager.sees(about(name), /The relationship is removed/),
    ];

    assert.match(asked, /Договор закончился/);
    assert.doesNotMatch(asked.replace(/Договор[^\n]*/, ''), CYRILLIC);
    assert.doesNotMatch(manager.reads(theirs).replace(/Договор[^\n]*/, ''), CYRILLIC);
    assert.doesNotMatch(requester.reads(own), /Removed|Approved by|What stays open/);
    assert.deepEqual([languageOf(own), languageOf(theirs)], ['ru', 'en']);
    assert.match(own.summary ?? '', CYRILLIC);
    assert.doesNotMatch(theirs.summary ?? '', CYRILLIC);
    assert.equal((await removalsOf(journey, name)).length, 1);
  });

  it('understands the words of both languages from both, and answers each in their own', async () => {
    await start('ru-RU', 'en-US');

    for (const typed of ['help', 'справка', 'requests', 'заявки', 'status', 'СТАТУС']) {
      for (const seat of [requester, manager]) {
        const before = journey.chat.messages(seat.key).length;
        await seat.says(typed);
        const shown = journey.chat.messages(seat.key).slice(before).at(-1);
        assert.equal(languageOf(shown!), seat === requester ? 'ru' : 'en', `${seat.key}: ${typed}`);
      }
    }
  });

  it('speaks a language it does not have in the operator’s own', async () => {
    await start('pt-BR', 'nl-NL');
    await requester.says('help');

    assert.equal(languageOf(await requester.sees(/What you can write/)), 'en');
  });

  it('changes its language with the person’s Teams, also for what comes by itself', async () => {
    const name = 'fabrikambikes';
    await start('en-US', 'en-US');
    await requester.says(`remove ${domainOf(name)}`);
    const ready = await requester.sees(about(name), /Nothing known stands in the way/);
    await requester.presses(ready, 'Request removal');
    await requester.presses(ready, 'Send request', {
      reason: 'The contract has ended.',
      domain: domainOf(name),
    });
    const approval = await manager.sees(about(name), /End this reseller relationship\?/);
    journey.chat.people.find(({ key }) => key === 'requester')!.locale = 'ru-RU';
    await requester.says('help');

    await manager.presses(approval, 'Decline');
    await manager.presses(approval, 'Yes, decline', { reason: 'Not before the audit.' });

    assert.equal(languageOf(await requester.sees(about(name), /Not before the audit\./)), 'ru');
  });

  it('stays in the language it knows where Teams names none, and begins in the operator’s own', async () => {
    const [one, other] = defaultPeople();
    const people = [{ ...one!, locale: 'ru-RU' as const }, other!];
    journey = await startJourney({ chat: { people }, env: { DEFAULT_LOCALE: 'de' } });
    const answered = async (key: string, more: object): Promise<unknown> => {
      const before = journey.chat.messages(key).length;
      await post(journey, activityFrom(journey, key, { type: 'message', text: 'help', locale: undefined, ...more }));
      return languageOf(journey.chat.messages(key).slice(before).at(-1)!);
    };
    const newcomer = { id: '29:newcomer', name: 'New Comer', aadObjectId: '99999999-0000-4000-8000-000000000009' };

    assert.equal(await answered('requester', {}), 'ru');
    assert.equal(await answered('requester', { locale: null }), 'ru');
    assert.equal(await answered('manager', { from: newcomer }), 'de');
    const entities = [{ type: 'clientInfo', locale: 'fr-FR', platform: 'Windows' }];
    assert.equal(await answered('manager', { from: { ...newcomer, aadObjectId: newGuid() }, entities }), 'fr');
    // An update of the app says which language somebody's Teams speaks now.
    const updated = { type: 'installationUpdate', action: 'add-upgrade', locale: 'fr-FR' };
    await post(journey, activityFrom(journey, 'manager', updated));
    assert.equal(await answered('manager', {}), 'fr');
  });

  it('searches for a name in Cyrillic while it is typed, and shows the customer’s domain', async () => {
    await start('ru-RU', 'en-US');
    await requester.says('удалить');
    const picker = await requester.sees(CYRILLIC, /onmicrosoft/);

    const offered = await journey.chat.search('requester', picker.id, 'customer', 'РОМАШ');

    assert.equal(offered.length, 1);
    assert.equal(offered[0]?.title, `ООО «Ромашка» (${domainOf('romashka')})`);
  });

  it('keeps its verbs the same in every language: a card of the one works for the other', async () => {
    await start('ru-RU', 'ru-RU');
    const verbs = async (): Promise<readonly string[]> => {
      await requester.says('help');
      const card = JSON.stringify((await requester.sees(/reseller|реселлер/i)).card);
      return [...card.matchAll(/"verb":"([^"]+)"/g)].map(([, verb]) => verb ?? '');
    };
    const russian = await verbs();
    journey.chat.people.find(({ key }) => key === 'requester')!.locale = 'en-GB';

    assert.deepEqual(await verbs(), russian);
  });

  it('counts accounts in whatever case Teams writes them', async () => {
    const [one, other] = defaultPeople();
    journey = await startJourney({
      chat: { people: [{ ...one!, aadObjectId: REQUESTER_OBJECT_ID.toUpperCase() }, other!] },
    });
    requester = seatOf(journey, 'requester');

    await requester.says('remove');

    await requester.sees(/Which customer\?/);
  });
}).timeout(30_000);

const languageOf = ({ card }: { readonly card?: Readonly<Record<string, unknown>> }): unknown => card?.['lang'];

function dataOfButton({ card }: { readonly card?: unknown }, verb: string): Readonly<Record<string, unknown>> {
  const found = new RegExp(`"verb":"${verb}","data":(\\{[^}]*\\})`).exec(JSON.stringify(card));
  assert.ok(found, `there is a button that does ${verb}`);
  return JSON.parse(found[1] ?? '{}') as Readonly<Record<string, unknown>>;
}

describe('somebody who has only been given the app', () => {
  let journey: Journey;
  afterEach(() => journey.close());

  const toTeams = (path: string, body: unknown): Promise<unknown> =>
    fetch(`${journey.chat.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const approverInForm = async (): Promise<string> => {
    const requester = seatOf(journey, 'requester');
    await requester.says(`remove ${domainOf('fabrikambikes')}`);
    const card = await requester.sees(about('fabrikambikes'), /^Request removal$/m);
    return requester.presses(card, 'Request removal');
  };

  it('is called as Teams calls them, though Teams does not say so by itself', async () => {
    journey = await startJourney();

    assert.match(await approverInForm(), /^Elena Marsh$/m);
  });

  it('is welcomed and can be asked where Teams tells no name, and keeps the one they had', async () => {
    journey = await startJourney({ installed: ['requester'] });
    await toTeams('/_faults', { rules: [{ path: '/members', status: 500 }] });

    await journey.chat.install('manager');
    await seatOf(journey, 'manager').sees(/You are an approver/);
    assert.match(await approverInForm(), new RegExp(`^${MANAGER_OBJECT_ID}$`, 'm'));

    await seatOf(journey, 'manager').says('help');
    await journey.chat.uninstall('manager');
    await journey.chat.install('manager');
    assert.match(await approverInForm(), /^Elena Marsh$/m);
  });
}).timeout(40_000);
