/**
 * What the tour says, in French.
 *
 * @type {typeof import('./tour-words-en.js').tourEnglish}
 */
export const tourFrench = {
  tour: 'Visite (Tour)',
  tourHint: 'En deux minutes, tout le travail, et ce qui peut mal tourner',
  tourStep: 'Étape {n} sur {of} : {title}',
  tourDo: 'Exécuter',
  tourWorking: 'En cours…',
  tourNext: 'Suivant',
  tourEnd: 'Terminer la visite',
  tourFailed: 'Rien n’est venu à temps. Regardez les conversations et réessayez, ou fermez la visite.',
  tourAnswer: 'Le bot répond : « {text} »',
  tourRemove: 'supprimer {name}',
  tourReason: 'Ils passent à un autre fournisseur à la fin du mois.',

  tourBegin: 'un nouveau départ',
  tourBeginBefore:
    'Tout ce qui a été fait sur cette page jusqu’ici est effacé : les deux conversations, et ce qui a été modifié dans l’Espace partenaires.',
  tourBeginAfter:
    'Jonas, le demandeur, demande ; Elena, la responsable, décide ; et à côté se trouve ce que contient vraiment l’Espace partenaires.',
  tourFind: 'qu’est-ce qui fait obstacle ?',
  tourFindBefore: 'Jonas demande au bot de supprimer Contoso Bakery. Le bot lit tout ce que détient le client.',
  tourFindAfter:
    'Une seule liste de tout ce qui fait obstacle à la suppression, et pour chaque ligne, ce qui le règle. Rien n’a encore été modifié.',
  tourClear: 'régler les obstacles d’ici',
  tourClearBefore:
    'Deux abonnements hérités font obstacle. Jonas les suspend, après une carte de confirmation qui dit ce que cela signifie.',
  tourClearAfter:
    'Chacun a été suspendu et relu ; dans l’Espace partenaires aussi, ils sont suspendus. C’est seulement maintenant que la suppression peut être demandée.',
  tourAsk: 'consulter un responsable',
  tourAskBefore: 'Jonas donne un motif et doit taper lui-même le domaine du client.',
  tourAskAfter: 'Elena a une carte avec tout ce qu’il faut savoir avant de décider.',
  tourSelf: 'personne ne décide de sa propre demande',
  tourSelfBefore: 'Jonas est impatient : il met la main sur la carte d’Elena et appuie lui-même sur « Approuver ».',
  tourSelfAfter:
    'Le droit de décider est vérifié à chaque clic. Rien n’a été décidé, et la tentative est dans le journal.',
  tourApprove: 'approuver',
  tourApproveBefore:
    'Elena approuve. Le bot relit tout, supprime la relation et vérifie que le client est vraiment parti.',
  tourApproveAfter:
    'Les deux ont un reçu : qui a demandé, qui a approuvé, l’identifiant de l’appel, et comment le client peut revenir.',
  tourDrift: 'entre-temps, quelque chose change',
  tourDriftBefore:
    'Jonas fait une demande pour Fabrikam Bikes. Avant qu’Elena approuve, quelqu’un leur achète un abonnement dans l’Espace partenaires.',
  tourDriftAfter:
    'Ce qui a été approuvé n’est pas ce qui est là : l’approbation est caduque, rien n’a été supprimé, et la carte nomme le nouvel abonnement.',
  tourKill: 'le bot est tué',
  tourKillBefore:
    'Alpine Ski House : juste après le oui d’Elena, pendant que la suppression est en cours, le bot est tué (kill -9).',
  tourKillAfter:
    'Il a redémarré, a lu ce qui s’était vraiment passé, et a continué sans un clic de plus : une suppression, deux reçus.',
  tourLost: 'personne ne sait ce qui s’est passé',
  tourLostBefore:
    'Wide World Importers : l’Espace partenaires exécute la suppression, mais la connexion se rompt avant qu’il puisse le dire, et sa liste est en retard.',
  tourLostAfter:
    'La carte dit que le résultat est inconnu, ni « fait » ni « échoué », et rien n’est envoyé une seconde fois sous un autre identifiant.',
  tourFound: 'et puis on le sait',
  tourFoundBefore:
    'Le bot continue de regarder jusqu’à ce que le client ait disparu de la liste de l’Espace partenaires.',
  tourFoundAfter:
    'Maintenant, les deux ont leur reçu. Essayez le reste à la main : suivre, simulation, refuser, retirer ; ou terminez la visite.',
};
