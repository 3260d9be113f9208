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

/** What was refused or has gone wrong, on top of a card that shows how things stand. */
export const problemBox = (problem: string | undefined): Container | undefined =>
  problem === undefined ? undefined : box('attention', sentence(problem));

export const sandboxBox = (isSandbox: boolean, texts: Texts): Container | undefined =>
  isSandbox ? box('warning', sentence(texts.say('readiness.sandbox'))) : undefined;
