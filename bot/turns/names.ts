import { TeamsInfo, type TurnContext } from 'botbuilder';
import { cleanName } from '../../services/clean-text.ts';
import type { People } from '../../services/people/people.ts';
import type { Person } from '../../services/people/person.ts';

/**
 * What somebody is called. Teams names who writes or presses, and not who has just been given the app: they are asked for by
 * their id then, once. Until they are known by another name it is their object id.
 *
 * @see "Get Teams specific context for your bot", `installationUpdate`
 */
export function createNaming(people: Pick<People, 'find'>) {
  return async (context: TurnContext, person: Person): Promise<Person> => {
    if (person.name !== person.id) return person;
    const known = await people.find(person.id);
    const name = known === undefined || known.name === person.id ? await memberName(context) : known.name;
    return name === '' ? person : { ...person, name };
  };
}

/** @returns an empty one where Teams does not say. */
async function memberName(context: TurnContext): Promise<string> {
  try {
    // Not every member has one, whatever the types say.
    const { name } = (await TeamsInfo.getMember(context, context.activity.from.id)) as { readonly name?: string };
    return cleanName(name ?? '');
  } catch {
    return '';
  }
}
