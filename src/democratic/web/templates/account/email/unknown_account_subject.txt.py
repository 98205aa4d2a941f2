BBBBBBBBBB BBB gettext(u'Aucun compte à cette adresse') BBBBBBBBBBBBB
