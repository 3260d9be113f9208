import { make } from './dom.js';
import { createDrawing } from './drawing.js';
import { relationshipBadge } from './partner-center-customers.js';
import { className, noteText, statusName } from './partner-center-words.js';
import { say, utcDay } from './words.js';

/** @import { Customer, Holding, Subscription } from './types.d.ts' */

/** What the chosen customer holds, as Partner Center has it now. */
export function createHoldings() {
  const heading = make('h3', { class: 'strip-heading' });
  const content = make('div', { class: 'holdings', tabindex: '0', role: 'group' });
  const draw = createDrawing(content);
  /** @type {Map<string, string>} the status of each subscription when it was drawn last */
  const lastStatus = new Map();

  return {
    element: make('section', { class: 'strip-part' }, heading, content),
    /** @param {Customer | undefined} customer */
    show(customer) {
      heading.textContent = say('subscriptionsOf', { name: customer?.companyName ?? '…' });
      content.setAttribute('aria-label', heading.textContent);
      if (customer === undefined) {
        draw(undefined, () => [make('p', { class: 'strip-note', text: say('chooseCustomer') })]);
        return;
      }
      draw(customer, () => drawHoldings(customer, lastStatus));
      for (const { id, status } of customer.subscriptions) lastStatus.set(id, status);
    },
  };
}

/** @param {Customer} customer @param {ReadonlyMap<string, string>} lastStatus @returns {Node[]} */
function drawHoldings(customer, lastStatus) {
  const { relationship, note, subscriptions } = customer;
  const about = make('p', { class: 'holder' }, relationshipBadge(relationship));
  if (note !== undefined)
    about.append(make('span', { class: 'row-detail', text: say('noteAtStart', { note: noteText(note) }) }));
  const others = otherHoldings(customer);
  const rows = subscriptions.map((one) => drawSubscription(one, lastStatus.get(one.id)));
  return [
    about,
    ...(relationship === 'none' ? [make('p', { class: 'strip-note', text: say('removedNote') })] : []),
    ...(rows.length === 0 ? [make('p', { class: 'strip-note', text: say('noSubscriptions') })] : []),
    make('ul', { class: 'rows' }, ...rows),
    ...(others.length === 0 ? [] : [make('h4', { class: 'strip-subheading', text: say('alsoHeld') })]),
    make('ul', { class: 'rows' }, ...others.map(drawHolding)),
  ];
}

/** @param {Subscription} subscription @param {string | undefined} lastStatus */
function drawSubscription(subscription, lastStatus) {
  const { id, friendlyName, offerName, class: kind, status, quantity } = subscription;
  const offer = friendlyName === offerName ? undefined : offerName;
  const detail = [offer, `${quantity} × ${className(kind)}`, termOf(subscription)].filter(Boolean).join(' · ');
  const row = drawRow(friendlyName, detail, status);
  row.dataset.subscription = id;
  if (lastStatus !== undefined && lastStatus !== status) row.classList.add('has-changed');
  return row;
}

/**
 * Only what is active renews. What is suspended in new commerce lasts, and is paid, to the end of its term; in legacy
 * the term means nothing any more.
 *
 * @param {Subscription} subscription
 */
function termOf({ class: kind, status, autoRenewEnabled, commitmentEndDate }) {
  if (commitmentEndDate === undefined) return undefined;
  const date = utcDay(commitmentEndDate);
  if (status === 'active') return say(autoRenewEnabled ? 'renews' : 'until', { date });
  return status === 'suspended' && !kind.startsWith('legacy') ? say('until', { date }) : undefined;
}

const drawHolding = (/** @type {Holding} */ { kind, name, status }) => drawRow(name, kind, status);

/** @param {string} name @param {string} detail @param {string} status */
function drawRow(name, detail, status) {
  const names = make(
    'span',
    { class: 'row-main' },
    make('span', { class: 'row-name', text: name }),
    make('span', { class: 'row-detail', text: detail }),
  );
  const row = make('li', { class: 'row' }, names);
  if (status !== '') row.append(make('span', { class: `badge ${statusTone(status)}`, text: statusName(status) }));
  return row;
}

/** @param {string} status */
function statusTone(status) {
  if (/^active$/i.test(status)) return 'is-good';
  if (/^(suspended|pending|pending_review|under_review)$/i.test(status)) return 'is-warning';
  return 'is-plain';
}

/** @param {Customer} customer @returns {Holding[]} */
function otherHoldings({ entitlements, azure, pendingOrders, transfers, gdap }) {
  return [
    ...entitlements.map(({ type, name, quantity, expiryDate }) => {
      const kind = type === 'reservedinstance' ? say('reservation') : type === 'software' ? say('software') : type;
      const term = expiryDate && say('until', { date: utcDay(expiryDate) });
      return { kind: [`${quantity} × ${kind}`, term].filter(Boolean).join(' · '), name, status: '' };
    }),
    ...azure.map(({ friendlyName, status }) => ({ kind: say('azureSubscription'), name: friendlyName, status })),
    ...pendingOrders.map(({ name, status }) => ({ kind: say('order'), name, status })),
    ...transfers.map(({ id, status }) => ({ kind: say('transfer'), name: id, status })),
    ...gdap.map(({ displayName, status }) => ({ kind: say('adminRelationship'), name: displayName, status })),
  ];
}
