/**
 * What each customer of the stand-in is there to show, in French, by the English note.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const notesInFrench = {
  'two active legacy licences, nothing else': 'deux abonnements hérités actifs, rien d’autre',
  'nothing in the way': 'rien ne fait obstacle',
  'three active legacy licences and an add-on': 'trois abonnements hérités actifs et un module complémentaire',
  'one active legacy licence': 'un abonnement hérité actif',
  'only suspended legacy licences: clear; written to in German':
    'uniquement des abonnements hérités suspendus : rien ne fait obstacle ; on lui écrit en allemand',
  'six active legacy licences whose changes show after three seconds':
    'six abonnements hérités actifs dont les changements apparaissent au bout de trois secondes',
  'new commerce inside its seven days': 'nouveau commerce, dans ses sept jours',
  'new commerce past its seven days, renewing': 'nouveau commerce, après ses sept jours, se renouvelle',
  'new commerce that does not renew, and goes on monthly unless cancelled':
    'nouveau commerce qui ne se renouvelle pas et continue au mois s’il n’est pas annulé',
  'new commerce told to stop at the end of its term': 'nouveau commerce qui s’arrête à la fin de sa période',
  'suspended new commerce: still billed, still in the way':
    'nouveau commerce suspendu : toujours facturé, fait toujours obstacle',
  'a new-commerce trial': 'une version d’évaluation de nouveau commerce',
  'marketplace: one past its day, one inside its fourteen days':
    'Place de marché : un abonnement après son jour, un dans ses quatorze jours',
  'a software subscription inside its window: one purchase, shown in two lists':
    'un abonnement logiciel encore annulable : un achat, visible dans deux listes',
  'a software subscription past its window': 'un abonnement logiciel qui n’est plus annulable',
  'perpetual software inside its thirty days': 'un logiciel perpétuel, dans ses trente jours',
  'perpetual software that can no longer be cancelled': 'un logiciel perpétuel qui n’est plus annulable',
  'an Azure plan with two active Azure subscriptions': 'un plan Azure avec deux abonnements Azure actifs',
  'an Azure plan with inactive Azure subscriptions only; shares its name with another customer':
    'un plan Azure avec uniquement des abonnements Azure inactifs ; un autre client porte le même nom',
  'legacy Azure; shares its name with another customer': 'Azure hérité ; un autre client porte le même nom',
  'an Azure savings plan': 'un plan d’économies Azure',
  'active reservations, one of them for databases': 'des réservations actives, dont une pour des bases de données',
  'reservations that have expired or were transferred away: clear':
    'des réservations expirées ou transférées : rien ne fait obstacle',
  'a status nobody has documented; an id in mixed letters':
    'un état que personne n’a documenté ; un identifiant en majuscules et minuscules',
  'expired, disabled and deleted subscriptions: clear':
    'des abonnements expirés, désactivés et effacés : rien ne fait obstacle',
  'an order that is still pending': 'une commande encore en attente',
  'on its way to another partner: an open transfer': 'en route vers un autre partenaire : un transfert ouvert',
  'advised, not resold to': 'conseillé, sans revente',
  'nothing but delegated administration': 'rien que de l’administration déléguée',
  'a name in Cyrillic; one active, one suspended legacy licence':
    'un nom en cyrillique ; un abonnement hérité actif, un suspendu',
  'a name that tries to be markup': 'un nom qui se fait passer pour du balisage',
  'a bit of everything at once': 'un peu de tout à la fois',
};
