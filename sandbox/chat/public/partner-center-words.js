import { notesInRussian } from './notes-ru.js';
import { currentLocale, say } from './words.js';

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

/** What a customer is there to show. @param {string} note in English */
export const noteText = (note) => (currentLocale().startsWith('ru') ? (notesInRussian[note] ?? note) : note);

/** @param {Word | undefined} word @param {string} otherwise */
const inWords = (word, otherwise) => (word === undefined ? otherwise : say(word));
