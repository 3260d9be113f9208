import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../services/clock.ts';
import { createColleagues, type Colleagues } from '../../../services/people/colleagues.ts';

const APP = 'the id in the manifest';

describe('colleagues', () => {
  let now: number;
  let managers: Readonly<Record<string, string>>;
  let catalogue: Readonly<Record<string, string>>;
  let isDown: boolean;
  let refuses: boolean;
  let installed: string[];
  let asked: number;
  const answer = async <T>(value: () => T): Promise<T> => {
    asked++;
    await Promise.resolve();
    if (isDown) throw new Error('no answer');
    return value();
  };
  const colleaguesOf = (more: { manifestId?: string } = { manifestId: APP }): Colleagues =>
    createColleagues({
      graph: {
        manager: (person) => answer(() => managers[person]),
        catalogueId: (id) => answer(() => catalogue[id]),
        installApp: (person, app) =>
          answer(() => {
            if (refuses) throw new Error('403');
            installed.push(`${app} for ${person}`);
          }),
      },
      nameOf: () => undefined,
      clock: () => new Date(now),
      ...more,
    });

  beforeEach(() => {
    now = Date.parse('2026-03-02T09:00:00Z');
    managers = { ada: 'bo' };
    catalogue = { [APP]: 'app-1' };
    isDown = refuses = false;
    installed = [];
    asked = 0;
  });

  it('have a manager, who is asked for once in a while', async () => {
    const colleagues = colleaguesOf();

    assert.equal(await colleagues.managerOf('ada'), 'bo');
    assert.equal(await colleagues.managerOf('ada'), 'bo');
    assert.equal(await colleagues.managerOf('bo'), undefined);
    assert.equal(asked, 2);

    managers = { ada: 'cy' };
    now += 5 * MINUTE_MS;
    assert.equal(await colleagues.managerOf('ada'), 'cy');
  });

  describe('know the id of the app in Teams', () => {
    it('of the catalogue, once it was looked for, and for good', async () => {
      const colleagues = colleaguesOf();
      assert.equal(colleagues.appId(), undefined);

      await colleagues.lookForApp();
      assert.equal(colleagues.appId(), 'app-1');

      now += 60 * MINUTE_MS;
      isDown = true;
      await colleagues.canAddApp();
      assert.equal(colleagues.appId(), 'app-1');
    });

    it('of its manifest, where it is not in the catalogue', async () => {
      catalogue = {};
      const colleagues = colleaguesOf();

      await colleagues.lookForApp();

      assert.equal(colleagues.appId(), APP);
    });

    it('not, while nobody can tell, and nobody is asked for it again', async () => {
      isDown = true;
      const colleagues = colleaguesOf();

      await colleagues.lookForApp();

      assert.deepEqual([colleagues.appId(), colleagues.appId(), asked], [undefined, undefined, 1]);
    });
  });

  it('have no manager while nobody can tell', async () => {
    isDown = true;

    assert.equal(await colleaguesOf().managerOf('ada'), undefined);
  });

  it('get the app where it is in the catalogue', async () => {
    const colleagues = colleaguesOf();

    assert.ok(await colleagues.canAddApp());
    assert.ok(await colleagues.addAppFor('bo'));
    assert.deepEqual(installed, ['app-1 for bo']);
  });

  it('do not get it where it is refused', async () => {
    const colleagues = colleaguesOf();
    refuses = true;

    assert.ok(!(await colleagues.addAppFor('bo')));
  });

  for (const [why, without] of [
    ['it is not in the catalogue', () => (catalogue = {})],
    ['the catalogue cannot be read', () => (isDown = true)],
  ] as const)
    it(`do not get it where ${why}`, async () => {
      without();
      const colleagues = colleaguesOf();

      assert.ok(!(await colleagues.canAddApp()));
      assert.ok(!(await colleagues.addAppFor('bo')));
      assert.deepEqual(installed, []);
    });

  it('do not get an app whose id nobody has named', async () => {
    const colleagues = colleaguesOf({});

    assert.ok(!(await colleagues.canAddApp()));
    assert.equal(asked, 0);
  });
});
