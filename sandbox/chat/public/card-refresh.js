import { executeAction } from './service.js';

/** @import { Card, Person } from './types.d.ts' */

/** Teams does not refresh a card more often. */
const REFRESH_PAUSE_MS = 60_000;

/**
 * Refreshes cards for those whom they name, once they come into view.
 *
 * @param {Person} person
 */
export function createCardRefresh(person) {
  /** @type {Map<string, number>} when each message was refreshed last */
  const refreshedAt = new Map();
  /** @type {WeakMap<Element, { messageId: string, action: RefreshAction }>} */
  const waiting = new WeakMap();

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const wanted = waiting.get(target);
      if (!isIntersecting || wanted === undefined) continue;
      observer.unobserve(target);
      waiting.delete(target);
      const last = refreshedAt.get(wanted.messageId);
      if (last !== undefined && Date.now() - last < REFRESH_PAUSE_MS) continue;
      refreshedAt.set(wanted.messageId, Date.now());
      void executeAction(person.key, wanted.messageId, wanted.action, 'automatic');
    }
  });

  /** @param {Element} element @param {string} messageId @param {Card} card */
  return (element, messageId, { refresh }) => {
    observer.unobserve(element);
    waiting.delete(element);
    const action = readAction(refresh?.action);
    if (action === undefined || !refresh?.userIds?.includes(person.id)) return;
    waiting.set(element, { messageId, action });
    observer.observe(element);
  };
}

/** @typedef {{ title?: string, id?: string, verb: string, data: unknown }} RefreshAction */

/** @param {unknown} action @returns {RefreshAction | undefined} */
function readAction(action) {
  const { type, title, id, verb, data } = /** @type {Record<string, string | undefined>} */ (action ?? {});
  if (type !== 'Action.Execute') return undefined;
  return { ...(title && { title }), ...(id && { id }), verb: verb ?? '', data: data ?? {} };
}
