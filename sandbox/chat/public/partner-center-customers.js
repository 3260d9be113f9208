import { make } from './dom.js';
import { createDrawing } from './drawing.js';
import { say } from './words.js';

/** @import { Customer, PartnerCenterState } from './types.d.ts' */
/** @import { Word } from './words.js' */

/** @param {(id: string) => void} onChoose */
export function createCustomers(onChoose) {
  const list = make('ul', { class: 'customers' });
  const drawList = createDrawing(list);
  let lastChosenId = '';
  const heading = make('h3', { class: 'strip-heading', 'data-words': 'customers' });
  list.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button?.dataset.key !== undefined) onChoose(button.dataset.key);
  });

  return {
    element: make('section', { class: 'strip-part' }, heading, list),
    /** @param {PartnerCenterState} state @param {string} chosenId */
    show({ customers, total }, chosenId) {
      const rows = customers.map(({ id, companyName, domain, relationship }) => [
        id,
        companyName,
        domain,
        relationship,
      ]);
      drawList([rows, total, chosenId], () => {
        const drawn = customers.map((customer) => drawCustomer(customer, customer.id.toLowerCase() === chosenId));
        const left = total - customers.length;
        if (left <= 0) return drawn;
        return [...drawn, make('li', { class: 'strip-note', text: say('moreCustomers', { count: left }) })];
      });
      if (chosenId !== lastChosenId) list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
      lastChosenId = chosenId;
    },
  };
}

/** @param {Customer} customer @param {boolean} isChosen */
function drawCustomer({ id, companyName, domain, relationship }, isChosen) {
  const names = make(
    'span',
    { class: 'row-main' },
    make('span', { class: 'row-name', text: companyName }),
    make('span', { class: 'row-detail', text: domain }),
  );
  const button = make('button', { class: 'row customer', type: 'button', 'data-key': id }, names);
  if (relationship === 'none') button.classList.add('is-gone');
  if (isChosen) button.setAttribute('aria-current', 'true');
  button.append(relationshipBadge(relationship));
  return make('li', {}, button);
}

/** @type {Readonly<Record<string, Word>>} */
const relationshipWords = { reseller: 'reseller', advisor: 'advisor', none: 'removed' };

/** @param {string} relationship */
export function relationshipBadge(relationship) {
  const word = relationshipWords[relationship];
  const tone = relationship === 'reseller' ? 'is-good' : 'is-plain';
  return make('span', { class: `badge ${tone}`, text: word === undefined ? relationship : say(word) });
}
