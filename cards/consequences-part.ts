import type { Element } from './adaptive-card.ts';
import { box, bullets, sentence, subheading } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/**
 * What becomes of granular delegated administration: the removal itself leaves it, and a request may ask for its end.
 * `none`: it is known that there is none, and nothing is said of it.
 */
export type GranularAdmin = 'none' | 'may-be-asked' | 'left' | 'ended';

/** What removal does, and that it cannot be taken back. */
export const consequences = (granular: GranularAdmin, texts: Texts): readonly Element[] => [
  subheading(texts.say('readiness.consequences')),
  ...bullets([
    texts.say('readiness.consequence-list'),
    texts.say('readiness.consequence-support'),
    texts.say('readiness.consequence-admin'),
    ...(granular === 'none' ? [] : [texts.say(`readiness.granular-${granular}`)]),
    texts.say('readiness.consequence-sales'),
  ]),
  box('warning', sentence(texts.say('readiness.irreversible'), { weight: 'bolder' })),
];
