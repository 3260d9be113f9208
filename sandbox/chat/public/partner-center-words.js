import { notesInGerman } from './notes-de.js';
import { notesInFrench } from './notes-fr.js';
import { notesInRussian } from './notes-ru.js';
import { currentLanguage, say } from './words.js';

/** @import { Word } from './words.js' */

/** @type {Readonly<Record<string, Word>>} */
const classes = {
  'legacy-licence': 'classLegacyLicence',
  'legacy-add-on': 'classLegacyAddOn',
  'legacy-azure': 'classLegacyAzure',
  'new-commerce-licence': 'classNewCommerceLicence',
  'new-commerce-trial': 'classNewCommerceTrial',
  'software-subscription': 'classSoftwareSubscription',
  marketplace: 'classMarketplace',
  'azure-plan': 'classAzurePlan',
  'savings-plan': 'classSavingsPlan',
};

/** @type {Readonly<Record<string, Word>>} */
const statuses = {
  active: 'statusActive',
  inactive: 'statusInactive',
  suspended: 'statusSuspended',
  expired: 'statusExpired',
  disabled: 'statusDisabled',
  deleted: 'statusDeleted',
  pending: 'statusPending',
  pending_review: 'statusInReview',
  completed: 'statusCompleted',
  cancel: 'statusCancelled',
  created: 'statusCreated',
  approvalpending: 'statusApprovalPending',
  terminationrequested: 'statusTerminationRequested',
  terminating: 'statusTerminating',
  terminated: 'statusTerminated',
};

/** @param {string} kind a class of subscription, as the stand-in names it */
export const className = (kind) => inWords(classes[kind], kind);

/** What nobody has documented is shown as it came. @param {string} status */
export const statusName = (status) => inWords(statuses[status.toLowerCase()], status);

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
const notes = { de: notesInGerman, fr: notesInFrench, ru: notesInRussian };

/** What a customer is there to show. @param {string} note in English */
export const noteText = (note) => notes[currentLanguage()]?.[note] ?? note;

/** @param {Word | undefined} word @param {string} otherwise */
const inWords = (word, otherwise) => (word === undefined ? otherwise : say(word));
