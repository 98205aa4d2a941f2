BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB gettext(u'Ce compte est fermé') BBBBBBBB
BBBBB BBBBBBBXX XXXXXXXXXXXXX gettext(u'Il ne permet plus d’entrer. Ce qui a été dit sous ce compte reste publié.') XXXX
XXX gettext(u'Si c’est une erreur, écrivez à la personne qui administre la plateforme\xa0: son adresse est dans les mentions légales.') XXXX
XXXXX XXXXXXXXXXX XXXXXXBB BBBBBBBBBBBBBBBBBBBXX gettext(u'Voir les mentions légales') XXXXXXXXBBBBBBBB
