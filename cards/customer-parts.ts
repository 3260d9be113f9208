import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Container, RichTextBlock } from './adaptive-card.ts';
import { box, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

type Named = Pick<Customer, 'id' | 'companyName' | 'domain'>;

/** Whom a card is about: two customers of one name are told apart by domain and tenant id. */
export const customerLines = ({ id, companyName, domain }: Named, texts: Texts): readonly RichTextBlock[] => [
  sentence(companyName === '' ? domain || id : companyName, { weight: 'bolder', spacing: 'small' }),
  ...(domain === '' ? [] : [sentence(domain, { spacing: 'none' })]),
  sentence(texts.say('pick.tenant', { id }), { isSubtle: true, size: 'small', spacing: 'none' }),
];

const HOST_NAME = /^[a-z0-9.-]+$/i;

/**
 * A customer inside words of our own, where markup is live: by its domain, or by its tenant id where there is no
 * domain, or one that could be more than a name.
 */
export const plainName = ({ id, domain }: Pick<Customer, 'id' | 'domain'>): string =>
  HOST_NAME.test(domain) ? domain : id;

/** What was refused or has gone wrong, on top of a card that shows how things stand. */
export const problemBox = (problem: string | undefined): Container | undefined =>
  problem === undefined ? undefined : box('attention', sentence(problem));

/** What was done just now, on top of the card that shows how things stand. */
export const noticeBox = (notice: string | undefined): Container | undefined =>
  notice === undefined ? undefined : box('good', sentence(notice));

export const sandboxBox = (isSandbox: boolean, texts: Texts): Container | undefined =>
  isSandbox ? box('warning', sentence(texts.say('readiness.sandbox'))) : undefined;
