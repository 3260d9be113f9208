/** @import { Hands } from './tour-hands.js' */
/** @import { Word } from './words.js' */

/**
 * A step of the tour.
 *
 * @typedef {object} Step
 * @property {Word} title
 * @property {Word} before what is about to be done
 * @property {Word} after what is to be seen then
 * @property {'requester' | 'manager'} [looksAt] whose chat it is about, in a narrow window
 * @property {(hands: Hands) => Promise<string | void>} act does it, and waits until it is to be seen; what the bot has
 *   answered, where that is no card
 * @property {boolean} [endsBot] it takes a bot that can be ended from here
 */

const BAKERY = { name: 'Contoso Bakery', domain: 'contosobakery.onmicrosoft.com' };
const BIKES = { name: 'Fabrikam Bikes', domain: 'fabrikambikes.onmicrosoft.com' };
const SKI_HOUSE = { name: 'Alpine Ski House', domain: 'alpineskihouse.onmicrosoft.com' };
const IMPORTERS = { name: 'Wide World Importers', domain: 'wideworldimporters.onmicrosoft.com' };
/** Bought behind the requester’s back. */
const BOUGHT = 'Microsoft 365 Business Premium';
/** Only the receipt has the link by which a customer comes back. */
const RECEIPT = 'invType=ResellerRelationship';

/** What the box of an unknown outcome is drawn with. */
const WARNING = '"style":"warning"';

/** @typedef {typeof BAKERY} Customer */

/** @param {Hands} hands @param {Customer} customer */
async function asks({ say, press, sees }, { name, domain }) {
  await say('requester', 'tourRemove', { name });
  await press('requester', domain, 'removal.form');
  await press('requester', domain, 'removal.send', { reason: 'tourReason', domain, notice: 'true' });
  await sees('manager', domain, 'approval.approve');
}

/** @param {Hands} hands @param {Customer} customer */
async function approves({ press }, { domain }) {
  await press('manager', domain, 'approval.approve');
  await press('manager', domain, 'approval.confirm-approve');
}

/** @param {Hands} hands @param {Customer} customer */
async function bothHaveReceipts({ sees }, { domain }) {
  await sees('requester', domain, RECEIPT);
  await sees('manager', domain, RECEIPT);
}

/** From the first question to the receipt, and then what happens when something goes wrong. @type {readonly Step[]} */
export const steps = [
  {
    title: 'tourBegin',
    before: 'tourBeginBefore',
    after: 'tourBeginAfter',
    act: ({ startOver }) => startOver(),
  },
  {
    title: 'tourFind',
    before: 'tourFindBefore',
    after: 'tourFindAfter',
    looksAt: 'requester',
    async act({ say, sees }) {
      await say('requester', 'tourRemove', BAKERY);
      await sees('requester', BAKERY.domain, 'legacy.suspend');
    },
  },
  {
    title: 'tourClear',
    before: 'tourClearBefore',
    after: 'tourClearAfter',
    looksAt: 'requester',
    async act({ press, sees }) {
      await press('requester', BAKERY.domain, 'legacy.suspend');
      await press('requester', BAKERY.domain, 'legacy.confirm-suspend');
      await sees('requester', BAKERY.domain, 'removal.form');
    },
  },
  {
    title: 'tourAsk',
    before: 'tourAskBefore',
    after: 'tourAskAfter',
    looksAt: 'requester',
    async act({ press, sees }) {
      const { domain } = BAKERY;
      await press('requester', domain, 'removal.form');
      await press('requester', domain, 'removal.send', { reason: 'tourReason', domain, notice: 'true' });
      await sees('manager', domain, 'approval.approve');
    },
  },
  {
    title: 'tourSelf',
    before: 'tourSelfBefore',
    after: 'tourSelfAfter',
    looksAt: 'requester',
    act: ({ forwards }) => forwards('manager', 'requester', BAKERY.domain, 'approval.approve'),
  },
  {
    title: 'tourApprove',
    before: 'tourApproveBefore',
    after: 'tourApproveAfter',
    looksAt: 'manager',
    async act(hands) {
      await approves(hands, BAKERY);
      await bothHaveReceipts(hands, BAKERY);
    },
  },
  {
    title: 'tourDrift',
    before: 'tourDriftBefore',
    after: 'tourDriftAfter',
    looksAt: 'requester',
    async act(hands) {
      await asks(hands, BIKES);
      await hands.buys(BIKES.domain, BOUGHT);
      await approves(hands, BIKES);
      await hands.sees('requester', BIKES.domain, BOUGHT);
    },
  },
  {
    title: 'tourKill',
    before: 'tourKillBefore',
    after: 'tourKillAfter',
    looksAt: 'manager',
    endsBot: true,
    async act(hands) {
      await asks(hands, SKI_HOUSE);
      await hands.breaks({ latencyMs: 1_500 });
      const isTold = hands.hears('requester');
      await approves(hands, SKI_HOUSE);
      await isTold();
      await hands.killBot();
      await hands.breaks({});
      await bothHaveReceipts(hands, SKI_HOUSE);
    },
  },
  {
    title: 'tourLost',
    before: 'tourLostBefore',
    after: 'tourLostAfter',
    looksAt: 'requester',
    async act(hands) {
      await asks(hands, IMPORTERS);
      const path = await hands.pathOf(IMPORTERS.domain);
      await hands.breaks({
        rules: [{ method: 'PATCH', path: `${path}$`, kind: 'apply-then-reset', times: 1 }],
        switches: { staleListMs: 15_000 },
      });
      await approves(hands, IMPORTERS);
      await hands.sees('requester', IMPORTERS.domain, WARNING);
    },
  },
  {
    title: 'tourFound',
    before: 'tourFoundBefore',
    after: 'tourFoundAfter',
    looksAt: 'requester',
    async act(hands) {
      await bothHaveReceipts(hands, IMPORTERS);
      await hands.breaks({});
    },
  },
];
