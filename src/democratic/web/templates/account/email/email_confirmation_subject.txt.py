BBBBBBBBBB BBB gettext(u'Votre code pour confirmer cette adresse') BBBBBBBBBBBBB
